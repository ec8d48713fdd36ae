# Writes the pages of the rules as an array's entries: cmake -DPAGES=<folder> -DOUTPUT=<file> -P SnugPages.cmake
cmake_minimum_required(VERSION 3.25)
file(GLOB pages ${PAGES}/*.md)
list(SORT pages)
set(text "")
foreach(page ${pages})
  get_filename_component(id ${page} NAME_WE)
  file(READ ${page} content)
  # Compilers promise no more than 64 KiB for one literal; pages are far below.
  string(APPEND text "{\"${id}\", R\"page(${content})page\"},\n")
endforeach()
file(WRITE ${OUTPUT} "${text}")
