/** Words of names and routes where passwords, codes and tokens are guessed. */
const GUESSED =
  /log-?_?in|sign-?_?in|auth|passw|\bpwd|otp|2fa|mfa|twofa|totp|verif|reset|brute|pin-?code|magic-?link|attempt|credential/i;

/** Whether what is called so stands where somebody could try out passwords, codes or tokens. */
export function isGuessed(name: string): boolean {
  return GUESSED.test(name) && !/author|authoriz/i.test(name);
}
