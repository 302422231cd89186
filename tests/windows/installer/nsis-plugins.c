/*
 * Functions of NSIS plugins that electron-builder's setup programs call during an installation, and that no Debian
 * package contains. Each plugin is a copy of this library under its own name.
 */
#define WIN32_LEAN_AND_MEAN
#define UNICODE
#include <windows.h>
#include <shellapi.h>

/* The calling convention of plugins: https://nsis.sourceforge.io/Examples/Plugin/nsis/pluginapi.h */
typedef struct stack {
  struct stack *next;
  WCHAR text[1];
} stack;

typedef struct {
  void *flags;
  void *execute_code;
  void *validate_file_name;
  int(__stdcall *register_callback)(HMODULE, UINT_PTR(__cdecl *)(int));
} services;

#define PLUGIN(name) \
  __declspec(dllexport) void __cdecl name(HWND window, int size, WCHAR *variables, stack **top, services *nsis)

static HMODULE library;

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved) {
  library = instance;
  return TRUE;
}

/* NSIS unloads a library that stayed loaded between calls only if the library has a callback. */
static UINT_PTR __cdecl ignore(int message) { return 0; }

static void pop(stack **top, WCHAR *text, int size) {
  stack *first = *top;
  text[0] = 0;
  if (first == NULL) return;
  lstrcpynW(text, first->text, size);
  *top = first->next;
  GlobalFree(first);
}

static void push(stack **top, const WCHAR *text, int size) {
  stack *first = GlobalAlloc(GPTR, sizeof(stack) + size * sizeof(WCHAR));
  lstrcpynW(first->text, text, size);
  first->next = *top;
  *top = first;
}

#define TEXT_SIZE 4096

/* StdUtils, which stays loaded: returns the part of the command line after the program. */
PLUGIN(GetAllParameters) {
  WCHAR text[TEXT_SIZE];
  const WCHAR *line = GetCommandLineW();
  WCHAR end = *line == L'"' ? L'"' : L' ';
  nsis->register_callback(library, ignore);
  pop(top, text, TEXT_SIZE); /* whether to cut it */
  if (end == L'"') line += 1;
  while (*line != 0 && *line != end) line += 1;
  if (*line == end) line += 1;
  while (*line == L' ') line += 1;
  push(top, line, size);
}

/* Whether `--name`, `-name` or `/name` is among the arguments. */
PLUGIN(TestParameter) {
  WCHAR name[TEXT_SIZE];
  WCHAR **arguments;
  BOOL found = FALSE;
  int count, index;
  nsis->register_callback(library, ignore);
  pop(top, name, TEXT_SIZE);
  arguments = CommandLineToArgvW(GetCommandLineW(), &count);
  for (index = 1; index < count; index += 1) {
    const WCHAR *each = arguments[index];
    if (*each != L'-' && *each != L'/') continue;
    while (*each == L'-' || *each == L'/') each += 1;
    if (lstrcmpiW(each, name) == 0) found = TRUE;
  }
  LocalFree(arguments);
  push(top, found ? L"true" : L"false", size);
}

PLUGIN(GetParentPath) {
  WCHAR text[TEXT_SIZE];
  int end;
  nsis->register_callback(library, ignore);
  pop(top, text, TEXT_SIZE);
  for (end = lstrlenW(text); end > 0 && text[end - 1] != L'\\'; end -= 1) continue;
  text[end > 0 ? end - 1 : 0] = 0;
  push(top, text, size);
}

PLUGIN(ExecShellAsUser) {
  WCHAR file[TEXT_SIZE], verb[TEXT_SIZE], arguments[TEXT_SIZE];
  nsis->register_callback(library, ignore);
  pop(top, arguments, TEXT_SIZE);
  pop(top, verb, TEXT_SIZE);
  pop(top, file, TEXT_SIZE);
  ShellExecuteW(NULL, verb, file, arguments, NULL, SW_SHOWNORMAL);
  push(top, L"ok", size);
}

/* UAC: the user is an administrator, so no prompt is needed. */
PLUGIN(_) {
  WCHAR what[TEXT_SIZE];
  pop(top, what, TEXT_SIZE);
  if (what[0] != 0 && what[1] == L's') push(top, what[0] == L'2' ? L"1" : L"0", size);
}

/* WinShell: the taskbar group of a shortcut. */
static void drop(stack **top, int count) {
  WCHAR text[TEXT_SIZE];
  while (count-- > 0) pop(top, text, TEXT_SIZE);
}

PLUGIN(SetLnkAUMI) { drop(top, 2); }
PLUGIN(UninstShortcut) { drop(top, 1); }
PLUGIN(UninstAppUserModelId) { drop(top, 1); }

/* Nsis7z: uses the program that the environment names. */
PLUGIN(Extract) {
  WCHAR archive[TEXT_SIZE], folder[TEXT_SIZE], program[TEXT_SIZE], line[4 * TEXT_SIZE];
  STARTUPINFOW start = {sizeof start};
  PROCESS_INFORMATION process;
  DWORD code = 1;
  pop(top, archive, TEXT_SIZE);
  GetCurrentDirectoryW(TEXT_SIZE, folder);
  GetEnvironmentVariableW(L"NSIS_7ZA", program, TEXT_SIZE);
  wsprintfW(line, L"\"%s\" x -y \"-o%s\" \"%s\"", program, folder, archive);
  if (!CreateProcessW(program, line, NULL, NULL, FALSE, CREATE_NO_WINDOW, NULL, NULL, &start, &process)) return;
  WaitForSingleObject(process.hProcess, INFINITE);
  GetExitCodeProcess(process.hProcess, &code);
  CloseHandle(process.hThread);
  CloseHandle(process.hProcess);
}
