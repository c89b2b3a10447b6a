/** A stretch of time for people: `0.340 s`, `2 m 05 s`, `3 h 20 m`, `2 d 04 h`. */
export function showDuration(durationMs: number): string {
  const seconds = Math.abs(durationMs) / 1000;
  const sign = durationMs < 0 ? '-' : '';
  if (seconds < 60) return `${sign}${seconds.toFixed(3)} s`;
  const whole = Math.floor(seconds);
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  if (whole < 3_600) return `${sign}${Math.floor(whole / 60)} m ${twoDigits(whole % 60)} s`;
  const minutes = Math.floor(whole / 60);
  if (whole < 86_400) return `${sign}${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} m`;
  const hours = Math.floor(minutes / 60);
  return `${sign}${Math.floor(hours / 24)} d ${twoDigits(hours % 24)} h`;
}
