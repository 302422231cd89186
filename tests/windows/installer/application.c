/* Stands in for Electron where no Electron for Windows can be had: a program that is installed, started and ended. */
#include <windows.h>

int WINAPI WinMain(HINSTANCE instance, HINSTANCE previous, LPSTR line, int show) {
  if (lstrcmpA(line, "--stay") == 0) Sleep(60000);
  return 0;
}
