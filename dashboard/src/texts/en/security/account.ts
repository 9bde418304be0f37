export const account = {
  protection: 'Authentication',
  on: 'On',
  off: 'Off',
  protectionText: 'Whoever opens this dashboard or calls its API is asked to log in.',
  username: 'Username',
  role: 'Role',
  owner: 'Owner',
  types: {
    admin: 'Administrator',
    reseller: 'Reseller',
    support: 'Support',
    collector: 'Collector',
    customer: 'Customer'
  },
  toProfile: 'Name and avatar',
  remove: {
    button: 'Disable authentication…',
    title: 'Disable authentication?',
    lead: 'The login and the second factor are removed, and every session ends. The first-launch dialog asks the next visitor whether to protect this host: whoever comes first decides.',
    keeps: 'API tokens go on working. Other users stay, but cannot log in until there is an owner again.',
    submit: 'Disable authentication'
  },
  password: {
    title: 'Password',
    lead: 'All your other sessions end when it changes. API tokens go on working.',
    next: 'New password',
    repeat: 'Confirm new password',
    repeatFault: 'The two passwords are not the same.',
    ruleFault: 'The password does not meet the rules above.',
    sameFault: 'This is the password you have now.',
    submit: 'Change password',
    done: 'Your password is changed.'
  },
  twoFactor: {
    title: 'Two-factor authentication',
    offText:
      'Besides your password, a code from an app on your phone is asked at each login. A stolen password is of no use without it.',
    onText: 'A code from your authenticator app is asked at each login.',
    left: (n: number) => `${n} backup ${n === 1 ? 'code' : 'codes'} left`,
    fewLeft: 'Few backup codes are left. Make new ones before you need them.',
    enable: 'Enable two-factor',
    replace: 'Change authenticator',
    newCodes: 'New backup codes',
    disable: 'Disable two-factor'
  },
  enrol: {
    title: 'Set up two-factor authentication',
    replaceTitle: 'Change the authenticator',
    scan: 'Scan the code',
    scanText:
      'Any authenticator app does: Aegis, Ente Auth, 2FAS, Google or Microsoft Authenticator, Bitwarden, 1Password, Apple Passwords. Choose to add an account, and scan this.',
    qr: 'QR code for the authenticator app; the setup key below says the same',
    secret: 'Cannot scan? Enter this setup key (time-based):',
    openApp: 'Open in an app on this device',
    codes: 'Save the backup codes',
    codesText: 'Each lets you in once without the app. They are shown only now: keep them where your phone is not.',
    saved: 'I have saved the backup codes',
    verify: 'Enter a code of the app',
    verifyText: 'Nothing is on until a right code was seen.',
    code: 'Six-digit code',
    submit: 'Enable',
    oldEnds: 'Your present authenticator goes on working until then.',
    wrong:
      'The code is wrong. Compare the clocks of your phone and of this host: they must agree within half a minute.',
    doneTitle: 'Two-factor authentication is on',
    test: 'Test it before you log out',
    testText:
      'Open this address in a private window or another browser and log in there with a code. If it is refused, you can still mend that from here. Once you are out, only a backup code or the host’s shell gets you in.',
    address: 'Address to test with',
    finish: 'Done'
  },
  codes: {
    label: 'Backup codes',
    download: 'Download',
    print: 'Print',
    file: (host: string) => `proxmenux-monitor-backup-codes-${host}.txt`,
    heading: (user: string, host: string) => `ProxMenux Monitor backup codes of ${user} on ${host}`,
    once: 'Each code works once.',
    made: (date: string) => `Made ${date}`
  },
  newCodes: {
    title: 'New backup codes',
    lead: 'Ten new codes take the place of all you have now.',
    submit: 'Make new codes',
    done: 'The old codes no longer work. These are shown only now.',
    finish: 'I have saved them'
  },
  disable: {
    title: 'Disable two-factor authentication?',
    lead: 'Your password alone lets you in from then on. The secret and the backup codes are deleted, and your other sessions end.',
    submit: 'Disable two-factor',
    done: 'Two-factor authentication is off. Remove the entry from your authenticator app, too.'
  }
}
