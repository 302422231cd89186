# Additions to the setup program that electron-builder makes.

# The setup program keeps a copy of itself, 100 MB, in the user's profile for an updater; Arcwarden has none, and the
# uninstaller does not remove the copy.
!macro customInstall
  ${if} $installMode == "all"
    SetShellVarContext current
  ${endIf}
  Delete "$LOCALAPPDATA\${APP_INSTALLER_STORE_FILE}"
  ${StdUtils.GetParentPath} $R5 "$LOCALAPPDATA\${APP_INSTALLER_STORE_FILE}"
  RMDir "$R5"
  ${if} $installMode == "all"
    SetShellVarContext all
  ${endIf}
!macroend
