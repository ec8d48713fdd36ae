# What `cmake --install` puts where: the runtime, the verifier, and the package that find_package(snug CONFIG) reads.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/snug)

install(TARGETS snug_runtime EXPORT snug ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/snug DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT runtime)
install(EXPORT snug NAMESPACE snug:: DESTINATION ${package} FILE snugTargets.cmake COMPONENT runtime)
if(SNUG_VERIFIER)
  install(PROGRAMS ${PROJECT_SOURCE_DIR}/scripts/snug_lit.py DESTINATION ${CMAKE_INSTALL_DATADIR}/snug COMPONENT verifier)
  install(TARGETS snug RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT verifier)
  install(TARGETS SnugPlugin LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT verifier)
  if(TARGET SnugTidyModule)
    install(TARGETS SnugTidyModule LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT verifier)
  endif()
  set(SNUG_PACKAGE_CLANG_MAJOR ${LLVM_VERSION_MAJOR})
endif()
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT runtime)

set(SNUG_PACKAGE_PLUGIN ${CMAKE_INSTALL_LIBDIR}/SnugPlugin.so)
set(SNUG_PACKAGE_TIDY_MODULE ${CMAKE_INSTALL_LIBDIR}/SnugTidyModule.so)
set(SNUG_PACKAGE_TOOL ${CMAKE_INSTALL_BINDIR}/snug)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/snugConfig.cmake.in ${PROJECT_BINARY_DIR}/snugConfig.cmake
  INSTALL_DESTINATION ${package} PATH_VARS SNUG_PACKAGE_PLUGIN SNUG_PACKAGE_TIDY_MODULE SNUG_PACKAGE_TOOL
  NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/snugConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/snugConfig.cmake ${PROJECT_BINARY_DIR}/snugConfigVersion.cmake
              ${PROJECT_SOURCE_DIR}/cmake/SnugFunctions.cmake
        DESTINATION ${package} COMPONENT runtime)
