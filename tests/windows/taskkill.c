/*
 * `taskkill /pid N /t /f`, as in Windows: ends a program and everything that it started. Wine's version does not
 * support /t. Exits with 128 if there is no such program.
 */
#include <windows.h>
#include <tlhelp32.h>
#include <stdlib.h>
#include <string.h>

#define MOST 4096

static DWORD ids[MOST], parents[MOST];
static int count;

static void end_tree(DWORD id) {
  HANDLE process;
  int index;
  for (index = 0; index < count; index += 1)
    if (parents[index] == id && ids[index] != id) end_tree(ids[index]);
  process = OpenProcess(PROCESS_TERMINATE, FALSE, id);
  if (process == NULL) return;
  TerminateProcess(process, 1);
  CloseHandle(process);
}

int main(int argc, char **argv) {
  PROCESSENTRY32 entry = {sizeof entry};
  HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  DWORD id = 0;
  BOOL is_tree = FALSE, is_there = FALSE;
  int index;
  for (index = 1; index < argc; index += 1) {
    if (lstrcmpiA(argv[index], "/pid") == 0 && index + 1 < argc) id = strtoul(argv[index + 1], NULL, 10);
    if (lstrcmpiA(argv[index], "/t") == 0) is_tree = TRUE;
  }
  if (Process32First(all, &entry)) do {
      ids[count] = entry.th32ProcessID;
      parents[count] = entry.th32ParentProcessID;
      is_there |= entry.th32ProcessID == id;
      count += 1;
    } while (count < MOST && Process32Next(all, &entry));
  if (!is_there) return 128;
  if (!is_tree) count = 0;
  end_tree(id);
  return 0;
}
