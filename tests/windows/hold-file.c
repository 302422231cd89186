/*
 * `hold-file FILE SHARE SECONDS SIGN`: keeps FILE open and lets others read it (`read`) or not (`none`), as programs
 * that back up or scan files do. Creates the file SIGN as soon as FILE is open. Exits with 1 on failure.
 */
#include <windows.h>
#include <stdlib.h>

int wmain(int argc, wchar_t **argv) {
  HANDLE file, sign;
  DWORD share;
  if (argc != 5) return 1;
  share = lstrcmpiW(argv[2], L"read") == 0 ? FILE_SHARE_READ : 0;
  file = CreateFileW(argv[1], GENERIC_READ, share, NULL, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
  if (file == INVALID_HANDLE_VALUE) return 1;
  sign = CreateFileW(argv[4], GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
  if (sign == INVALID_HANDLE_VALUE) return 1;
  CloseHandle(sign);
  Sleep(wcstoul(argv[3], NULL, 10) * 1000);
  CloseHandle(file);
  return 0;
}
