# Finds one LLVM and its Clang, and says how targets use them.
#
# LLVM's package wants "major.minor" when a version is asked for, so the prefix decides and the major is checked here.

set(SNUG_LLVM_ROOT /usr/lib/llvm-${SNUG_LLVM_MAJOR} CACHE PATH "prefix of the LLVM installation")
find_package(LLVM REQUIRED CONFIG PATHS ${SNUG_LLVM_ROOT} NO_DEFAULT_PATH)
if(NOT LLVM_VERSION_MAJOR EQUAL SNUG_LLVM_MAJOR)
  message(FATAL_ERROR "SNUG_LLVM_ROOT=${SNUG_LLVM_ROOT} holds LLVM ${LLVM_VERSION}, SNUG_LLVM_MAJOR asks for ${SNUG_LLVM_MAJOR}")
endif()
find_package(Clang REQUIRED CONFIG PATHS ${LLVM_INSTALL_PREFIX}/lib/cmake/clang NO_DEFAULT_PATH)
separate_arguments(SNUG_LLVM_DEFINITIONS NATIVE_COMMAND "${LLVM_DEFINITIONS}")

# snug_llvm_library(NAME SOURCES… [LINK …]): a static library of the verifier. It links nothing of LLVM: the plugin takes
# those symbols from its host, the command line links the shared libraries once.
function(snug_llvm_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "PCH" "SOURCES;LINK")
  add_library(${name} STATIC ${arg_SOURCES})
  snug_llvm_target(${name})
  target_link_libraries(${name} PUBLIC ${arg_LINK})
  if(arg_PCH AND NOT SNUG_NO_PCH)
    target_precompile_headers(${name} PRIVATE ${arg_PCH})
    target_compile_options(${name} PRIVATE $<$<CXX_COMPILER_ID:Clang>:-Xclang -fno-pch-timestamp>)
  endif()
endfunction()

function(snug_llvm_target name)
  target_compile_features(${name} PRIVATE cxx_std_20)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/checker)
  target_include_directories(${name} SYSTEM PRIVATE ${LLVM_INCLUDE_DIRS} ${CLANG_INCLUDE_DIRS})
  target_compile_definitions(${name} PRIVATE ${SNUG_LLVM_DEFINITIONS})
  target_compile_options(${name} PRIVATE -fno-exceptions -fvisibility-inlines-hidden)
  if(NOT LLVM_ENABLE_RTTI)
    target_compile_options(${name} PRIVATE -fno-rtti)
  endif()
  snug_flags(${name})
  # LLVM's own headers set the habit here: unsigned offsets meet int64_t everywhere.
  target_compile_options(${name} PRIVATE -Wno-sign-conversion -Wno-unused-parameter)
endfunction()

# snug_llvm_test(NAME SOURCES… LINK …): a GoogleTest suite of the verifier. LLVM's folder holds libc++abi's <cxxabi.h>, too,
# which must not come before that of the standard library in use.
function(snug_llvm_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK")
  add_executable(${name} ${arg_SOURCES})
  snug_llvm_target(${name})
  set_target_properties(${name} PROPERTIES INCLUDE_DIRECTORIES "${PROJECT_SOURCE_DIR}/checker;${CMAKE_CURRENT_SOURCE_DIR}")
  foreach(folder IN LISTS LLVM_INCLUDE_DIRS CLANG_INCLUDE_DIRS)
    target_compile_options(${name} PRIVATE "SHELL:-idirafter ${folder}")
  endforeach()
  target_link_libraries(${name} PRIVATE ${arg_LINK} GTest::gtest_main)
endfunction()
