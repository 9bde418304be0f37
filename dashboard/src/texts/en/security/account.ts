export const account = {
  protection: 'Authentication',
  on: 'On',
  off: 'Off',
  protectionText: 'The dashboard and its API require a login.',
  username: 'Username',
  role: 'Role',
  owner: 'Owner',
  reseller: 'Reseller',
  balance: 'Balance of the reseller',
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
    lead: 'The owner’s login and 2FA are removed, and all sessions end. The next visitor sees the first-launch dialog and can set a new password.',
    keeps: 'API tokens keep working. Other users are kept but cannot log in until a new owner exists.',
    submit: 'Disable authentication'
  },
  password: {
    title: 'Password',
    lead: 'Changing your password ends all your other sessions. API tokens keep working.',
    next: 'New password',
    repeat: 'Confirm new password',
    repeatFault: 'The passwords do not match.',
    ruleFault: 'The password does not meet the requirements above.',
    sameFault: 'The new password is the same as the current password.',
    submit: 'Change password',
    done: 'Password changed.'
  },
  twoFactor: {
    title: 'Two-factor authentication (2FA)',
    offText:
      'With 2FA, each login requires your password and a code from an app on your phone. A stolen password alone is not enough.',
    onText: 'Each login requires a code from your authenticator app.',
    left: (n: number) => `${n} backup ${n === 1 ? 'code' : 'codes'} left`,
    fewLeft: 'Few backup codes are left. Create new codes before you run out.',
    enable: 'Enable 2FA',
    replace: 'Change authenticator',
    newCodes: 'New backup codes',
    disable: 'Disable 2FA'
  },
  enrol: {
    title: 'Set up two-factor authentication',
    replaceTitle: 'Change authenticator',
    scan: 'Scan the QR code',
    scanText:
      'Use any authenticator app: Aegis, Ente Auth, 2FAS, Google or Microsoft Authenticator, Bitwarden, 1Password, Apple Passwords. Add an account in the app and scan this code.',
    qr: 'QR code for the authenticator app. The setup key below has the same content.',
    secret: 'Cannot scan? Enter this setup key (time-based):',
    openApp: 'Open in an app on this device',
    codes: 'Save your backup codes',
    codesText:
      'Each backup code replaces the app for one login. They are shown only once. Do not store them on your phone.',
    saved: 'I have saved the backup codes',
    notSaved: 'Save the backup codes and check the box above first.',
    guide: 'Which app, and what if it is lost?',
    verify: 'Enter a code from the app',
    verifyText: '2FA turns on once the code is verified.',
    code: 'Six-digit code',
    submit: 'Enable',
    oldEnds: 'Your current authenticator keeps working until then.',
    wrong: 'The code is incorrect. Check that the clocks of your phone and this host differ by less than 30 seconds.',
    doneTitle: 'Two-factor authentication is on',
    test: 'Test it before you log out',
    testText:
      'Open this address in a private window or another browser and log in with a code. If the login fails, you can fix it from this session. After you log out, you can recover only with a backup code or from the host’s shell.',
    address: 'Test address',
    finish: 'Done'
  },
  codes: {
    label: 'Backup codes',
    download: 'Download',
    print: 'Print',
    file: (host: string) => `proxmenux-monitor-backup-codes-${host}.txt`,
    heading: (user: string, host: string) => `ProxMenux Monitor backup codes of ${user} on ${host}`,
    once: 'Each code works once.',
    made: (date: string) => `Created ${date}`
  },
  newCodes: {
    title: 'New backup codes',
    lead: 'Ten new codes replace all your current codes.',
    submit: 'Create new codes',
    done: 'The old codes no longer work. The new codes are shown only once.',
    finish: 'I have saved the codes'
  },
  disable: {
    title: 'Disable two-factor authentication?',
    lead: 'You will log in with your password only. The 2FA secret and the backup codes are deleted, and your other sessions end.',
    submit: 'Disable 2FA',
    done: 'Two-factor authentication is off. Remove the entry from your authenticator app.'
  }
}
