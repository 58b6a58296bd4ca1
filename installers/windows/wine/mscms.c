/* For the proof under wine only, never shipped: wine 10's mscms.dll lacks functions that Qt's window plugin asks Windows for. No screen has
   a colour profile here. */
#define EXPORT __declspec(dllexport)
EXPORT int CloseColorProfile(void *profile) { (void)profile; return 1; }
EXPORT void *OpenColorProfileW(void *profile, int a, int b, int c) { (void)profile; (void)a; (void)b; (void)c; return 0; }
EXPORT void *WcsOpenColorProfileW(void *a, void *b, void *c, int d, int e, int f, int g)
{
    (void)a; (void)b; (void)c; (void)d; (void)e; (void)f; (void)g;
    return 0;
}
EXPORT void *WcsCreateIccProfile(void *a, int b) { (void)a; (void)b; return 0; }
EXPORT int GetColorProfileFromHandle(void *a, void *b, void *c) { (void)a; (void)b; (void)c; return 0; }
EXPORT int WcsGetDefaultColorProfile(int a, void *b, int c, int d, int e, int f, void *g)
{
    (void)a; (void)b; (void)c; (void)d; (void)e; (void)f; (void)g;
    return 0;
}
EXPORT int WcsGetDefaultColorProfileSize(int a, void *b, int c, int d, int e, void *f)
{
    (void)a; (void)b; (void)c; (void)d; (void)e; (void)f;
    return 0;
}
EXPORT int ColorProfileGetDisplayDefault(void *a) { (void)a; return (int)0x80004005; }
EXPORT int GetStandardColorSpaceProfileW(void *a, int b, void *c, void *d) { (void)a; (void)b; (void)c; (void)d; return 0; }
EXPORT int GetColorDirectoryW(void *a, void *b, void *c) { (void)a; (void)b; (void)c; return 0; }
EXPORT int IsColorProfileValid(void *a, void *b) { (void)a; (void)b; return 0; }
