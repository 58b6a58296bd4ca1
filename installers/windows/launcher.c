/* Camcensus.exe (windowed) and bin\camcensus.exe (console): runs `python -m camcensus` in this process, under our own name and icon.

   Both find the folder that holds python\ and packages\: their own, or the one above. Nothing is looked up on the path, in the registry or
   in the current folder. Portable: with the file portable.txt in that folder, and a settings\ in it that can be written, what a person
   would otherwise have in their profile stays there; where it cannot be written, Camcensus behaves as when it is installed. */

#ifndef UNICODE
#define UNICODE
#endif
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

#define LONGEST 32767
#define PYTHON_DLL L"python\\" PYTHON_NAME L".dll"

typedef int (*PyMain)(int, wchar_t **);

static wchar_t folder[LONGEST + 1];

static int complain(const wchar_t *what)
{
    static wchar_t text[LONGEST + 200];
    _snwprintf(text, LONGEST + 199, L"%ls Security software may have removed a part of Camcensus; install it again, or show this to your IT team.\n\nFolder: %ls",
               what, folder);
#ifdef WINDOWED
    MessageBoxW(NULL, text, L"Camcensus", MB_OK | MB_ICONERROR | MB_SETFOREGROUND);
#else
    fwprintf(stderr, L"%ls\n", text);
#endif
    return 3;
}

/* folder\name into `into`; false where it would be longer than Windows takes. */
static BOOL within(wchar_t *into, const wchar_t *name)
{
    int written = _snwprintf(into, LONGEST, L"%ls\\%ls", folder, name);
    into[LONGEST] = 0;
    return written > 0 && written < LONGEST;
}

static BOOL is_here(const wchar_t *name)
{
    static wchar_t path[LONGEST + 1];
    return within(path, name) && GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
}

/* The folder of this program; for bin\camcensus.exe the one above. */
static BOOL find_folder(void)
{
    DWORD length = GetModuleFileNameW(NULL, folder, LONGEST);
    if (length == 0 || length >= LONGEST)
        return FALSE;
    for (int up = 0; up < 2; up++) {
        wchar_t *cut = wcsrchr(folder, L'\\');
        if (cut == NULL)
            return FALSE;
        *cut = 0;
        if (is_here(PYTHON_DLL))
            return TRUE;
    }
    return FALSE;
}

static void stay_portable(void)
{
    static wchar_t settings[LONGEST + 1], probe[LONGEST + 1];
    if (!is_here(L"portable.txt") || !within(settings, L"settings") || !within(probe, L"settings\\.writable"))
        return;
    CreateDirectoryW(settings, NULL);
    HANDLE file = CreateFileW(probe, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL | FILE_FLAG_DELETE_ON_CLOSE, NULL);
    if (file == INVALID_HANDLE_VALUE)
        return;
    CloseHandle(file);
    SetEnvironmentVariableW(L"CAMCENSUS_DATA", settings);
}

static int run(int count, wchar_t **words)
{
    static wchar_t dll[LONGEST + 1];
    if (!find_folder() || !within(dll, PYTHON_DLL))
        return complain(L"Camcensus cannot start because its Python is missing.");
    stay_portable(); /* first: a C library that is loaded keeps the environment as it was then */
    SetDllDirectoryW(L"");
    HMODULE library = LoadLibraryExW(dll, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
    if (library == NULL)
        return complain(L"Camcensus cannot start because Windows does not load its Python.");
    PyMain py_main = (PyMain)(void *)GetProcAddress(library, "Py_Main");
    wchar_t **given = calloc((size_t)count + 4, sizeof *given);
    if (py_main == NULL || given == NULL)
        return complain(L"Camcensus cannot start because its Python is damaged.");
    int at = 0;
    given[at++] = words[0];
    given[at++] = L"-m";
    given[at++] = L"camcensus";
    for (int one = 1; one < count; one++)
        given[at++] = words[one];
    return py_main(at, given);
}

#ifdef WINDOWED
#include <shellapi.h>
int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, PWSTR line, int show)
{
    (void)self; (void)before; (void)line; (void)show;
    int count = 0;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);
    int status = run(count, words);
    /* Camcensus shows its own sentences (status 2 and 3); from a window another status is a Python that did not get so far. */
    BOOL is_window = count < 2 || wcscmp(words[1], L"open") == 0 || wcscmp(words[1], L"demo") == 0;
    if (is_window && status != 0 && status != 2 && status != 3)
        complain(L"Camcensus did not start, or was stopped from outside.");
    return status;
}
#else

int wmain(int count, wchar_t **words)
{
    return run(count, words);
}
#endif
