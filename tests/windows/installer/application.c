/* Replaces Electron if no Electron for Windows is available: a program to install, start and end. */
#include <windows.h>

int WINAPI WinMain(HINSTANCE instance, HINSTANCE previous, LPSTR line, int show) {
  if (lstrcmpA(line, "--stay") == 0) Sleep(60000);
  return 0;
}
