# Fails unless LIST names the headers of one part, in order: cmake -D INCLUDE=dir -D PART=name -D LIST=file -P this.
file(GLOB_RECURSE found RELATIVE ${INCLUDE} ${INCLUDE}/${PART}.hpp ${INCLUDE}/${PART}/*.hpp)
list(SORT found)
file(STRINGS ${LIST} listed)
if(NOT found STREQUAL listed)
  message(FATAL_ERROR "${LIST} lists\n  ${listed}\nbut there are\n  ${found}")
endif()
