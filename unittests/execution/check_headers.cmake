# Fails unless headers.txt lists the headers of the execution part, in order: cmake -D INCLUDE=dir -D LIST=file -P this.
file(GLOB_RECURSE found RELATIVE ${INCLUDE} ${INCLUDE}/execution.hpp ${INCLUDE}/execution/*.hpp ${INCLUDE}/detail/*.hpp
     ${INCLUDE}/*stop_token.hpp ${INCLUDE}/config.hpp)
list(SORT found)
file(STRINGS ${LIST} listed)
if(NOT found STREQUAL listed)
  message(FATAL_ERROR "${LIST} lists\n  ${listed}\nbut there are\n  ${found}")
endif()
