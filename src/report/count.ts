/** `1 error`, `2 errors`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

export function percent(share: number): string {
  // Never "100 %" of something that is not whole.
  return `${share >= 1 ? 100 : Math.min(99, Math.round(share * 100))} %`;
}
