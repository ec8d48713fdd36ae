# Fails unless LIST names the headers below INCLUDE that match a pattern, in order:
# cmake -D INCLUDE=dir "-DPATTERNS=pattern;…" -D LIST=file -P this.
list(TRANSFORM PATTERNS PREPEND ${INCLUDE}/)
file(GLOB_RECURSE found RELATIVE ${INCLUDE} ${PATTERNS})
list(SORT found)
file(STRINGS ${LIST} listed)
if(NOT found OR NOT found STREQUAL listed)
  message(FATAL_ERROR "${LIST} lists\n  ${listed}\nbut there are\n  ${found}")
endif()
