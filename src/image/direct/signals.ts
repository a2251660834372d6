/** The signals of Linux by name, without SIG. */
const names = (
  "ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU " +
  "UNUSED URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX"
).split(" ");

/** Whether a container can be stopped by it: a name with or without SIG, a real-time signal such as RTMIN+3, or a number. */
export function isSignal(text: string): boolean {
  if (/^-?\d+$/.test(text)) return Number(text) !== 0;
  const name = text.toUpperCase().replace(/^SIG/, "");
  return names.includes(name) || /^RTMIN\+(?:[1-9]|1[0-5])$|^RTMAX-(?:[1-9]|1[0-4])$/.test(name);
}
