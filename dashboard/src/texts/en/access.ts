export const access = {
  starting: 'Connecting to the host…',
  protect: {
    title: 'Protect Your Dashboard?',
    lead: 'This dashboard can read and change this host and open a root shell. Set a password to block access by others.',
    yes: 'Yes, Setup Password',
    no: 'No, Continue Without Protection',
    yesHint: 'Recommended. You can add two-factor authentication (2FA) later.',
    noHint: 'Only for an isolated lab. You can set a password later.',
    guide: 'About the first launch',
    sure: 'Continue without a password?',
    sureText:
      'Anyone who can reach this address has full access without a password. Do this only on an isolated network.',
    sureYes: 'Continue without a password',
    sureNo: 'Back'
  },
  create: {
    title: 'Create your account',
    lead: 'This account is the owner of this dashboard. Optional fields can be filled in later.',
    username: 'Username',
    usernameHint: 'Cannot be changed later.',
    usernameFault: 'Enter a username (up to 64 characters, no leading or trailing spaces).',
    password: 'Password',
    repeat: 'Confirm password',
    repeatFault: 'The passwords do not match.',
    displayName: 'Display name',
    displayNameHint: 'Shown instead of the username.',
    displayNameFault: 'Enter at most 64 characters.',
    profile: 'Your profile',
    setupCode: 'Setup code',
    setupCodeHint: 'The value of MONITOR_SETUP_CODE on this host.',
    setupCodeFault: 'The setup code is missing or incorrect. Enter the value of MONITOR_SETUP_CODE.',
    tenantLead: (name: string) => `This account is the owner of ${name}. Optional fields can be filled in later.`,
    tenantCodeHint: 'You received it with this address. It is valid for 24 hours and works once.',
    tenantCodeFault:
      'The setup code is missing, incorrect or expired. Ask the operator who gave you this address for a new one.',
    trustProxy: (address: string) => `Trust the proxy at ${address}`,
    trustProxyHint:
      'This proxy is not trusted yet, so all visitors appear with its address. Trust it only if you operate it.',
    save: 'Save and open the dashboard',
    back: 'Back',
    done: 'Account created.',
    nameFailed: (why: string) => `The account was created, but the display name was not saved. ${why}`,
    avatarFailed: (why: string) => `The account was created, but the avatar was not saved. ${why}`
  },
  strength: {
    label: 'Strength',
    levels: ['Too weak', 'Too weak', 'Fair', 'Good', 'Strong'],
    rules: {
      length: 'At least 10 characters',
      maxLength: 'At most 256 characters',
      kinds: 'At least 3 of: lowercase, uppercase, digits, symbols',
      notName: 'Different from the username',
      notObvious: 'Not a commonly used password'
    },
    met: 'met',
    missing: 'missing',
    common: 'Commonly used passwords are rejected when you save.'
  },
  avatar: {
    label: 'Avatar',
    choose: 'Choose image',
    replace: 'Choose another image',
    remove: 'Remove',
    hint: 'PNG, JPEG, WebP or GIF.',
    crop: 'Crop area. Drag it or use the arrow keys.',
    zoom: 'Zoom',
    unreadable: 'This file is not a supported image. Choose a PNG, JPEG, WebP or GIF file.'
  },
  login: {
    title: 'Log in',
    to: (host: string) => `to ${host}`,
    username: 'Username',
    password: 'Password',
    submit: 'Log in',
    logoutNotice: 'You are logged out.',
    endedNotice: 'Your session has ended. Log in again.',
    linkNotice: 'This link was used before or has expired. Log in.',
    lateNotice: 'The setup was already completed. Log in.',
    codeTitle: 'Two-factor code',
    codeLead: 'Enter the current six-digit code from your authenticator app.',
    code: 'Code',
    backupLead: 'Enter one of your saved backup codes. Each code works once.',
    backupCode: 'Backup code',
    useBackup: 'Use a backup code',
    useApp: 'Use the authenticator app',
    verify: 'Verify',
    back: 'Back',
    moreHelp: 'Other ways to get back in',
    lostPhone: 'Lost your phone?',
    lost: 'Lost your password? Run this as root on the host:',
    locked: 'To log in sooner, run this as root on the host, then reload this page:',
    lostClone: 'If there is no such command, run this in the folder of the Monitor, such as /opt/proxmenux-monitor:',
    lostOfTenant: (name: string) => `Lost your password? Ask an administrator of ${name}.`
  },
  confirm: {
    title: 'Confirm your identity',
    lead: 'This action changes access rights. Enter your password again.',
    password: 'Password',
    code: 'Two-factor code',
    submit: 'Confirm'
  },
  enable: {
    title: 'Enable authentication',
    lead: 'Authentication is disabled in auth.json on this host. The account still exists. Enter the owner’s password to enable authentication.',
    password: 'Owner’s password',
    submit: 'Enable authentication'
  },
  broken: {
    unreachable: 'This host is not responding',
    unreadable: 'The account file cannot be read',
    unreadableText:
      'The file auth.json on this host is damaged or missing, so all requests are refused. The service log names the error. Access returns once the file is fixed.',
    unreadableHow: 'Run this on the host:',
    refused: 'This host refused the request',
    limited: 'Too many requests',
    suspended: 'Access is suspended',
    suspendedText:
      'The operator of this panel has suspended this tenant. Its data is kept. Ask the operator to resume it.',
    unknown: 'Unknown address',
    unknownText: 'No tenant of this panel has this address. If the address is correct, ask the operator of this panel.',
    moved: 'This host now uses HTTPS',
    movedText: 'HTTPS was enabled, and plain HTTP is no longer available. Use this address:',
    movedWarning: 'Your browser shows a warning if it does not trust the certificate.',
    movedGo: 'Open new address',
    again: (time: string) => `Retrying in ${time}.`,
    asking: 'Retrying…'
  }
}
