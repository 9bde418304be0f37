export const selfSigned = {
  source: 'Self-signed certificate',
  lead: 'This host creates a key and a certificate of its own, valid for 13 months. Browsers warn about the certificate until you accept it.',
  leadAgain:
    'This host creates a new key and a new certificate, valid for 13 months. Browsers warn again until you accept the new certificate.',
  guide: 'How to compare the fingerprint',
  names: 'More names and addresses',
  namesHint: 'The names and addresses of this host are always included. Separate several with commas.',
  namesFault: 'Enter host names or IP addresses, separated by commas (up to 20).',
  create: 'Create a self-signed certificate…',
  createAgain: 'Create a new certificate…',
  title: 'Create a self-signed certificate?',
  what: 'What happens',
  steps: [
    'This host creates the certificate and switches this port to HTTPS. You see the fingerprint of the certificate.',
    'Your browser warns that the connection is not private. The reason: no certificate authority has signed the certificate.',
    'Open the certificate in the warning. If its SHA-256 fingerprint is the same, continue and confirm the change.'
  ],
  /** Instead of the first step, where HTTPS is on already. */
  firstAgain:
    'This host creates the certificate and uses it for this port. You see the fingerprint of the certificate.',
  submit: 'Create and enable HTTPS',
  submitAgain: 'Create and use it',
  clock: (time: string) =>
    `The clocks of this host and of your browser differ: on the host it is ${time}. Browsers reject a certificate with wrong dates. Set the clock of the host first: timedatectl set-ntp true`,
  warning:
    'Your browser warns that the connection is not private, because no certificate authority has signed the certificate. Open the certificate in the warning and compare its SHA-256 fingerprint. Continue only if it is the same:',
  shell: 'To be sure that nobody altered this page on its way, print the fingerprint in a shell of the host:',
  shellShown: 'To print the fingerprint in a shell of the host:',
  copyCommand: 'Copy command',
  changedTitle: 'The certificate has changed: reload the page',
  changedLead: 'Reload this page to use the new certificate, and confirm the change.'
}
