export const access = {
  starting: 'Asking the host…',
  protect: {
    title: 'Protect Your Dashboard?',
    lead: 'This dashboard can read and change this host, and opens a root shell on it. A password keeps everybody else out.',
    yes: 'Yes, Setup Password',
    no: 'No, Continue Without Protection',
    yesHint: 'Recommended. Two-factor authentication can be added later.',
    noHint: 'For an isolated lab only. You can set a password later.',
    sure: 'Leave it open to everyone?',
    sureText:
      'Whoever reaches this address can use the whole API without a password. Do this only where nobody else is on the network.',
    sureYes: 'Leave it open to everyone',
    sureNo: 'Back'
  },
  create: {
    title: 'Create your account',
    lead: 'It owns this host’s dashboard. What you leave empty can be filled in later.',
    username: 'Username',
    usernameHint: 'It cannot be changed later.',
    usernameFault: 'The username takes 1 to 64 characters, and no space at either end.',
    password: 'Password',
    repeat: 'Confirm password',
    repeatFault: 'The two passwords are not the same.',
    displayName: 'Display name',
    displayNameHint: 'Shown in place of the username.',
    displayNameFault: 'At most 64 characters.',
    profile: 'Your profile',
    setupCode: 'Setup code',
    setupCodeHint: 'The one this host was installed with (MONITOR_SETUP_CODE).',
    setupCodeFault: 'The setup code is missing or wrong.',
    trustProxy: (address: string) => `Trust the proxy at ${address}`,
    trustProxyHint:
      'It forwards to this host, but what it says of visitors is not believed yet: all of them look like the proxy. Tick this only if it is yours.',
    save: 'Save and open the dashboard',
    back: 'Back',
    done: 'Your account is ready.',
    nameFailed: (why: string) => `The account is ready, but the display name was not saved. ${why}`,
    avatarFailed: (why: string) => `The account is ready, but the avatar was not saved. ${why}`
  },
  strength: {
    label: 'Strength',
    levels: ['Too weak', 'Too weak', 'Fair', 'Good', 'Strong'],
    rules: {
      length: 'At least 10 characters',
      maxLength: 'At most 256 characters',
      kinds: '3 of: lower case, upper case, digits, symbols',
      notName: 'Not the username',
      notObvious: 'Not one of the first that are tried'
    },
    met: 'met',
    missing: 'missing',
    common: 'Common passwords are refused when you save.'
  },
  avatar: {
    label: 'Avatar',
    choose: 'Choose an image',
    replace: 'Choose another',
    remove: 'Remove',
    hint: 'PNG, JPEG, WebP or GIF.',
    crop: 'Part of the image that is used. Drag it, or use the arrow keys.',
    zoom: 'Zoom',
    unreadable: 'This file is not an image that can be read here.',
    preview: 'Preview'
  },
  login: {
    title: 'Log in',
    to: (host: string) => `to ${host}`,
    username: 'Username',
    password: 'Password',
    submit: 'Log in',
    logoutNotice: 'You are logged out.',
    endedNotice: 'Your session has ended. Log in again.',
    lateNotice: 'Somebody has finished the setup meanwhile. Log in.',
    codeTitle: 'Two-factor code',
    codeLead: 'Enter the six digits your authenticator app shows now.',
    code: 'Code',
    backupLead: 'Enter one of the backup codes you saved. Each works once.',
    backupCode: 'Backup code',
    useBackup: 'Use a backup code',
    useApp: 'Use the authenticator app',
    verify: 'Verify',
    back: 'Back',
    lost: 'Lost your password? In the host’s shell:'
  },
  confirm: {
    title: 'Confirm that it is you',
    lead: 'This changes who can do what. Enter your password again.',
    password: 'Password',
    code: 'Two-factor code',
    submit: 'Confirm'
  },
  enable: {
    title: 'Switch protection on',
    lead: 'The account is still there; auth.json on this host says that it is not asked for. Enter the owner’s password.',
    password: 'Owner’s password',
    submit: 'Switch it on'
  },
  broken: {
    unreachable: 'This host does not answer',
    unreadable: 'The accounts cannot be read',
    unreadableText:
      'The file auth.json on this host is damaged or missing, so nobody is let in. The service’s log says where the fault is. Once it is mended, all goes on by itself.',
    unreadableHow: 'In the host’s shell:',
    refused: 'This host refuses you',
    limited: 'Too many requests',
    moved: 'This host has moved to HTTPS',
    movedText: 'It was switched on meanwhile, and plain HTTP is answered no longer. It goes on at this address:',
    movedWarning: 'A browser that does not know the certificate warns of it first.',
    movedGo: 'Open the new address',
    again: (time: string) => `Asking again in ${time}.`,
    asking: 'Asking…'
  }
}
