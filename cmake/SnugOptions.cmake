# Flags that every target of this repository shares, in one place.

set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)

# Another standard library than the compiler's own, for every target: what users of libc++ see.
set(SNUG_STDLIB "" CACHE STRING "value for -stdlib= in every target (clang only)")
if(SNUG_STDLIB)
  # libc++ 22 warns of clang 19 by a #warning; our headers are clean with the pair all the same.
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-stdlib=${SNUG_STDLIB}> "$<$<COMPILE_LANGUAGE:CXX>:-Wno-#warnings>")
  # Static: Debian pairs the headers of libc++ 22 with the shared library of 19.
  add_link_options(-stdlib=${SNUG_STDLIB} -static-libstdc++ -lc++abi)
endif()

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(SNUG_CCACHE ccache)
if(SNUG_CCACHE AND SNUG_DEVELOPER)
  # The precompiled header of the Clang-heavy targets needs ccache to look at it less suspiciously than it does by default.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
               ${SNUG_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

# snug_flags(TARGET): warnings, which are errors for developers of snug alone, and the sanitizers of the preset.
function(snug_flags target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion $<$<BOOL:${SNUG_DEVELOPER}>:-Werror>)
  if(SNUG_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${SNUG_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
    target_link_options(${target} PRIVATE -fsanitize=${SNUG_SANITIZE})
  endif()
endfunction()
