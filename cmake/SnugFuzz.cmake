# Fuzz targets: a reader, a seed corpus and a bounded run as a test. Longer runs: build/<preset>/bin/NAME FOLDER.
#
# snug_fuzz_target(NAME SOURCES… CORPUS folder [DICTIONARY file] [LINK library…]): libFuzzer's driver under AddressSanitizer around the
# target's LLVMFuzzerTestOneInput. SOURCES name every source that is to be instrumented, the reader under test first of
# all: what libraries bring is seen by neither fuzzer nor sanitizer. The seeds are copied, so a run changes no source. A relative folder
# lies beside the CMakeLists.txt.
function(snug_fuzz_target name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "CORPUS;DICTIONARY" "SOURCES;LINK")
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    return()
  endif()
  add_executable(${name} ${arg_SOURCES})
  snug_llvm_target(${name})
  target_compile_options(${name} PRIVATE -O1 -g1 -fsanitize=fuzzer,address)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer,address)
  target_link_libraries(${name} PRIVATE ${arg_LINK} LLVM)
  set(found ${CMAKE_CURRENT_BINARY_DIR}/${name}.found)
  cmake_path(ABSOLUTE_PATH arg_CORPUS BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} OUTPUT_VARIABLE corpus)
  set(dictionary)
  if(arg_DICTIONARY)
    set(dictionary -dict=${CMAKE_CURRENT_SOURCE_DIR}/${arg_DICTIONARY})
  endif()
  # The same inputs each time: a test that draws lots would fail somebody who changed nothing.
  # What the run finds worth keeping goes to the first folder, inputs that fail beside it.
  file(MAKE_DIRECTORY ${found})
  add_test(NAME fuzz/${name}
    COMMAND ${name} -seed=1 -runs=20000 -max_total_time=60 -timeout=60 -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1
            -artifact_prefix=${CMAKE_CURRENT_BINARY_DIR}/
            ${dictionary} ${found} ${corpus})
  # Containers cross the border to LLVM's library, which knows nothing of the sanitizer.
  set_tests_properties(fuzz/${name} PROPERTIES
    ENVIRONMENT "ASAN_OPTIONS=detect_container_overflow=0:detect_leaks=0")
endfunction()
