/* For the proof under wine only, never shipped: wine has no icuuc.dll, which Windows 10 (1703) and later have and Qt's core loads.
   Every converter is refused, as ICU does with U_FILE_ACCESS_ERROR-like states; Qt then uses its own. */
#define EXPORT __declspec(dllexport)
#define UNSUPPORTED 16
#define NOTHING(name) EXPORT void name(void) {}
NOTHING(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
NOTHING(UCNV_TO_U_CALLBACK_SUBSTITUTE)
NOTHING(ucnv_cbFromUWriteUChars)
NOTHING(ucnv_cbToUWriteUChars)
NOTHING(ucnv_close)
NOTHING(ucnv_fromUnicode)
NOTHING(ucnv_getFromUCallBack)
NOTHING(ucnv_getToUCallBack)
NOTHING(ucnv_reset)
NOTHING(ucnv_setFromUCallBack)
NOTHING(ucnv_setToUCallBack)
NOTHING(ucnv_toUnicode)
EXPORT int ucnv_countAvailable(void) { return 0; }
EXPORT const char *ucnv_getAvailableName(int number) { (void)number; return 0; }
EXPORT int ucnv_fromUCountPending(void *converter, int *error) { (void)converter; (void)error; return 0; }
EXPORT int ucnv_toUCountPending(void *converter, int *error) { (void)converter; (void)error; return 0; }
EXPORT signed char ucnv_getMaxCharSize(void *converter) { (void)converter; return 1; }
EXPORT const char *ucnv_getName(void *converter, int *error) { (void)converter; if (error) *error = UNSUPPORTED; return 0; }
EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, int *error)
{
    (void)name; (void)standard;
    if (error) *error = UNSUPPORTED;
    return 0;
}
EXPORT void *ucnv_open(const char *name, int *error) { (void)name; if (error) *error = UNSUPPORTED; return 0; }
