; The per-user setup: no administrator, no driver, no service, nothing outside the user's own profile.
; Given on the command line: VERSION, NUMBERS (1.2.3.0), STAGE (folder to pack), LISTS (folder of files.nsh and unfiles.nsh), ICON, SIDE (picture), OUT, KB.
;
; Silent: setup.exe /S [/OLDER] [/D=C:\folder]   (/D last, without quotes)     uninstall.exe /S [/ALL]
; /OLDER also takes the place of a newer Camcensus, which is otherwise refused: an older one may not open newer records.
; /ALL also takes what the window remembers and updates of the knowledge of makers, which otherwise stay for the next version.
; Exit status: 0 done, 1 cancelled by the person, 2 could not, 3 Camcensus is running, 4 this Windows is too old, 5 a newer one is here.

Target amd64-unicode
Unicode true
!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "x64.nsh"
!include "FileFunc.nsh"
!include "WordFunc.nsh"

Name "Camcensus"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Camcensus"
InstallDirRegKey HKCU "Software\Camcensus" "InstallDir"
SetCompressor /SOLID lzma
SetCompressorDictSize 64
SetDatablockOptimize on
SetDateSave on
CRCCheck force
ManifestDPIAware true
BrandingText "Camcensus ${VERSION}"

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "Camcensus"
VIAddVersionKey "FileDescription" "Camcensus setup"
VIAddVersionKey "CompanyName" "The Camcensus authors"
VIAddVersionKey "LegalCopyright" "The Camcensus authors. Apache License 2.0"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"

!ifdef SIGN
  !uninstfinalize `${SIGN} "%1"`
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "Install Camcensus ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "Camcensus is installed for you alone, in your own profile. It needs no administrator, adds no driver and no service, and sends nothing beyond your own network.$\r$\n$\r$\nYour inventories are never touched by installing or removing it."
!define MUI_FINISHPAGE_RUN "$INSTDIR\Camcensus.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Open Camcensus"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "This removes Camcensus. Your inventories, plans and reports stay where you keep them, and what the window remembers stays for the next version."
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Camcensus"
!define APP_PATH "Software\Microsoft\Windows\CurrentVersion\App Paths\camcensus.exe"
!define CLASSES "Software\Classes"

; What a double click opens: the ending of the files, our name for the type, and its words.
!macro FILE_TYPES DO
  !insertmacro ${DO} ".camcensus" "inventory" "Camcensus inventory"
  !insertmacro ${DO} ".camcensus-rollup" "rollup" "Camcensus roll-up"
  !insertmacro ${DO} ".camcensus-backup" "backup" "Camcensus back-up"
!macroend

!macro TAKE_TYPE ENDING TYPE WORDS
  WriteRegStr HKCU "${CLASSES}\Camcensus.${TYPE}" "" "${WORDS}"
  WriteRegStr HKCU "${CLASSES}\Camcensus.${TYPE}\DefaultIcon" "" "$INSTDIR\Camcensus.exe,0"
  WriteRegStr HKCU "${CLASSES}\Camcensus.${TYPE}\shell\open\command" "" '"$INSTDIR\Camcensus.exe" open "%1"'
  WriteRegStr HKCU "${CLASSES}\${ENDING}\OpenWithProgids" "Camcensus.${TYPE}" ""
  WriteRegStr HKCU "${CLASSES}\${ENDING}" "Content Type" "application/vnd.camcensus.${TYPE}"
  ReadRegStr $0 HKCU "${CLASSES}\${ENDING}" ""
  ${If} $0 == ""
    WriteRegStr HKCU "${CLASSES}\${ENDING}" "" "Camcensus.${TYPE}"
  ${EndIf}
!macroend

!macro LEAVE_TYPE ENDING TYPE WORDS
  DeleteRegKey HKCU "${CLASSES}\Camcensus.${TYPE}"
  DeleteRegValue HKCU "${CLASSES}\${ENDING}\OpenWithProgids" "Camcensus.${TYPE}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${ENDING}\OpenWithProgids"
  ReadRegStr $0 HKCU "${CLASSES}\${ENDING}" ""
  ${If} $0 == "Camcensus.${TYPE}"
    DeleteRegValue HKCU "${CLASSES}\${ENDING}" ""
    DeleteRegValue HKCU "${CLASSES}\${ENDING}" "Content Type"
  ${EndIf}
  DeleteRegKey /ifempty HKCU "${CLASSES}\${ENDING}"
!macroend

; A program that runs cannot be opened for writing.
!macro STOP_IF_RUNNING UN
  Function ${UN}StopIfRunning
    again:
    StrCpy $1 "$INSTDIR\Camcensus.exe"
    next:
    ${If} ${FileExists} "$1"
      ClearErrors
      FileOpen $0 "$1" a
      ${If} ${Errors}
        MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Camcensus is running, or you may not write to $INSTDIR. Close Camcensus and try again." /SD IDCANCEL IDRETRY again
        SetErrorLevel 3
        Quit
      ${EndIf}
      FileClose $0
    ${EndIf}
    ${If} $1 == "$INSTDIR\Camcensus.exe"
      StrCpy $1 "$INSTDIR\bin\camcensus.exe"
      Goto next
    ${EndIf}
  FunctionEnd
!macroend
!insertmacro STOP_IF_RUNNING ""
!insertmacro STOP_IF_RUNNING "un."

; Takes an earlier Camcensus in the folder $2 away, so that none of its files is left between the new ones; then also its uninstaller.
Function RemoveEarlier
  ${If} ${FileExists} "$2\packages\camcensus\*.*"
  ${AndIf} ${FileExists} "$2\uninstall.exe"
    ExecWait '"$2\uninstall.exe" /S _?=$2' $0
    ${If} $0 != 0
      DetailPrint "The earlier version in $2 could not be removed."
      SetErrorLevel 2
      ${If} $0 == 3
        SetErrorLevel 3
      ${EndIf}
      Abort
    ${EndIf}
    Delete "$2\uninstall.exe"
  ${EndIf}
FunctionEnd

; A newer Camcensus of this person stays, unless they or /OLDER say otherwise.
Function RefuseOlder
  ReadRegStr $1 HKCU "Software\Camcensus" "Version"
  ${If} $1 == ""
    Return
  ${EndIf}
  ${VersionCompare} "$1" "${NUMBERS}" $2
  ${If} $2 != 1
    Return
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/OLDER" $2
  ${IfNot} ${Errors}
    Return
  ${EndIf}
  ReadRegStr $1 HKCU "${UNINSTALL}" "DisplayVersion"
  MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "Camcensus $1 is installed, and this is the older ${VERSION}. It may not open records that the newer one saved. Install the older one?" /SD IDNO IDYES older
  SetErrorLevel 5
  Quit
  older:
FunctionEnd

Function .onInit
  SetShellVarContext current
  SetRegView 64
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${RunningX64}
    MessageBox MB_OK|MB_ICONSTOP "Camcensus needs Windows 10 or 11 with 64 bits." /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
  Call RefuseOlder
FunctionEnd

Function un.onInit
  SetShellVarContext current
  SetRegView 64
FunctionEnd

Section "Camcensus"
  Call StopIfRunning
  StrCpy $2 "$INSTDIR"
  Call RemoveEarlier
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    DetailPrint "Another program is in $INSTDIR; choose another folder."
    SetErrorLevel 2
    Abort
  ${EndIf}
  ; There is one Camcensus for a person: one in another folder would lie there with nothing that removes it.
  ReadRegStr $2 HKCU "Software\Camcensus" "InstallDir"
  ${If} $2 != ""
  ${AndIf} $2 != $INSTDIR
    Call RemoveEarlier
    RMDir "$2"
  ${EndIf}

  ClearErrors
  !include "${LISTS}/files.nsh"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    DetailPrint "Not every file could be written."
    SetErrorLevel 2
    Abort
  ${EndIf}

  CreateDirectory "$SMPROGRAMS\Camcensus"
  CreateShortcut "$SMPROGRAMS\Camcensus\Camcensus.lnk" "$INSTDIR\Camcensus.exe" "" "$INSTDIR\Camcensus.exe" 0 SW_SHOWNORMAL "" "Which cameras do we have, and who really made them?"
  SetOutPath "$PROFILE"
  CreateShortcut "$SMPROGRAMS\Camcensus\Camcensus commands.lnk" "$SYSDIR\cmd.exe" '/K "$INSTDIR\bin\commands.cmd"' "$INSTDIR\Camcensus.exe" 0 SW_SHOWNORMAL "" "A command line in which camcensus is known"
  SetOutPath "$INSTDIR"

  WriteRegStr HKCU "Software\Camcensus" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "Software\Camcensus" "Version" "${NUMBERS}"
  WriteRegStr HKCU "${APP_PATH}" "" "$INSTDIR\Camcensus.exe"

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Camcensus"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\Camcensus.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Camcensus authors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KB}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1

  !insertmacro FILE_TYPES TAKE_TYPE
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section "Uninstall"
  Call un.StopIfRunning
  ; Only what was installed is named here: a file that somebody else put into the folder stays, and so does the folder then.
  !include "${LISTS}/unfiles.nsh"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"

  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/ALL" $1
  ${IfNot} ${Errors}
    Delete "$LOCALAPPDATA\camcensus\window.ini"
    Delete "$LOCALAPPDATA\camcensus\updates.json"
    Delete "$LOCALAPPDATA\camcensus\vendors*.db"
    RMDir "$LOCALAPPDATA\camcensus"
  ${EndIf}

  Delete "$SMPROGRAMS\Camcensus\Camcensus.lnk"
  Delete "$SMPROGRAMS\Camcensus\Camcensus commands.lnk"
  RMDir "$SMPROGRAMS\Camcensus"

  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "${APP_PATH}"
  DeleteRegKey HKCU "Software\Camcensus"
  !insertmacro FILE_TYPES LEAVE_TYPE
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
