import {
  banIcon,
  bellIcon,
  bellOffIcon,
  buildingIcon,
  checkIcon,
  circleAlertIcon,
  databaseIcon,
  eyeIcon,
  fileKeyIcon,
  gaugeIcon,
  hardDriveIcon,
  heartPulseIcon,
  keyRoundIcon,
  linkIcon,
  lockIcon,
  lockKeyholeIcon,
  lockOpenIcon,
  logInIcon,
  logOutIcon,
  networkIcon,
  playIcon,
  powerIcon,
  rotateCwIcon,
  type Shape,
  sendIcon,
  serverIcon,
  shieldCheckIcon,
  shieldOffIcon,
  smartphoneIcon,
  squareIcon,
  squareTerminalIcon,
  storeIcon,
  trash2Icon,
  triangleAlertIcon,
  undo2Icon,
  userMinusIcon,
  userPenIcon,
  userPlusIcon,
  usersIcon,
  userXIcon,
  waypointsIcon
} from '../../../ui/icon-shapes.ts'

/** What each icon stands for, and the events of that kind. */
const kinds: readonly [Shape, readonly string[]][] = [
  [userXIcon, ['login_failed', 'setup_code_wrong']],
  [logInIcon, ['login_succeeded', 'login_unusual', 'logged_in_by_link', 'session_continued']],
  [logOutIcon, ['logged_out', 'sessions_ended', 'user_sessions_ended']],
  [lockIcon, ['locked_out']],
  [lockOpenIcon, ['user_unlocked', 'address_unbanned']],
  [banIcon, ['address_banned']],
  [triangleAlertIcon, ['refresh_replayed']],
  [shieldOffIcon, ['protection_declined', 'protection_disabled']],
  [shieldCheckIcon, ['protection_enabled']],
  [lockKeyholeIcon, ['password_changed', 'login_reset', 'secret_rotated', 'encryption_key_rotated']],
  [keyRoundIcon, ['token_minted', 'token_rotated', 'token_revoked', 'gateway_key_renewed', 'setup_code_renewed']],
  [
    smartphoneIcon,
    [
      'second_factor_enabled',
      'second_factor_replaced',
      'second_factor_disabled',
      'backup_codes_replaced',
      'backup_code_used',
      'backup_codes_low'
    ]
  ],
  [userPlusIcon, ['owner_created', 'user_created']],
  [userPenIcon, ['user_changed']],
  [userMinusIcon, ['user_removed']],
  [usersIcon, ['users_imported']],
  [buildingIcon, ['tenant_created', 'tenant_changed', 'tenant_removed']],
  [storeIcon, ['reseller_created', 'reseller_changed', 'reseller_suspended', 'reseller_removed']],
  [linkIcon, ['login_link_issued']],
  [serverIcon, ['session_handed_over', 'monitor_taken_over', 'monitor_given_back']],
  [waypointsIcon, ['proxy_trusted', 'proxies_changed']],
  [
    fileKeyIcon,
    [
      'tls_enabled',
      'tls_disabled',
      'certificate_changed',
      'certificate_renewed',
      'certificate_broken',
      'certificate_self_signed'
    ]
  ],
  [bellIcon, ['alert_channel_created', 'alert_channel_changed']],
  [bellOffIcon, ['alert_channel_removed']],
  [sendIcon, ['alert_channel_tested']],
  [
    networkIcon,
    [
      'gateway_deployment_started',
      'gateway_deployed',
      'gateway_deployment_failed',
      'gateway_removal_started',
      'gateway_removed',
      'gateway_started',
      'gateway_stopped',
      'gateway_restarted',
      'gateway_updated',
      'gateway_change_failed'
    ]
  ],
  [playIcon, ['guest_started', 'recording_played']],
  [powerIcon, ['guest_shut_down']],
  [squareIcon, ['guest_stopped']],
  [rotateCwIcon, ['guest_rebooted']],
  [circleAlertIcon, ['guest_action_failed']],
  [squareTerminalIcon, ['terminal_opened', 'terminal_taken_over', 'terminal_closed']],
  [eyeIcon, ['terminal_watched']],
  [trash2Icon, ['recording_deleted']],
  [checkIcon, ['change_confirmed']],
  [undo2Icon, ['change_taken_back']],
  [heartPulseIcon, ['health_acknowledged', 'health_unacknowledged']],
  [gaugeIcon, ['thresholds_changed']],
  [hardDriveIcon, ['self_test_started']],
  [databaseIcon, ['backup_created', 'backup_restored', 'state_database_replaced']]
]

/** The icon of each event, by its meaning. */
export const eventIcons: ReadonlyMap<string, Shape> = new Map(
  kinds.flatMap(([icon, events]) => events.map((event) => [event, icon]))
)

const refusals: readonly string[] = [
  'login_failed',
  'setup_code_wrong',
  'locked_out',
  'address_banned',
  'refresh_replayed',
  'certificate_broken',
  'gateway_deployment_failed',
  'gateway_change_failed',
  'guest_action_failed',
  'state_database_replaced'
]

/** Something was refused or has failed. */
export const isFault = (event: string): boolean => refusals.includes(event)
