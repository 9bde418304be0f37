import type { account as en } from '../../en/security/account.ts'

export const account: typeof en = {
  protection: 'Anmeldung',
  on: 'Ein',
  off: 'Aus',
  protectionText: 'Das Dashboard und seine API erfordern eine Anmeldung.',
  username: 'Benutzername',
  role: 'Rolle',
  owner: 'Eigentümer',
  reseller: 'Reseller',
  balance: 'Guthaben des Resellers',
  types: {
    admin: 'Administrator',
    reseller: 'Reseller',
    support: 'Support',
    collector: 'Inkasso',
    customer: 'Kunde'
  },
  toProfile: 'Name und Avatar',
  remove: {
    button: 'Anmeldung ausschalten…',
    title: 'Anmeldung ausschalten?',
    lead: 'Zugang und 2FA des Eigentümers werden entfernt, alle Sitzungen enden. Der nächste Besucher sieht den Dialog des ersten Starts und kann ein neues Passwort setzen.',
    keeps:
      'API-Token gelten weiter. Andere Benutzer bleiben erhalten, können sich aber erst wieder anmelden, wenn es einen neuen Eigentümer gibt.',
    submit: 'Anmeldung ausschalten'
  },
  password: {
    title: 'Passwort',
    lead: 'Ein neues Passwort beendet alle Ihre anderen Sitzungen. API-Token gelten weiter.',
    next: 'Neues Passwort',
    repeat: 'Neues Passwort bestätigen',
    repeatFault: 'Die Passwörter stimmen nicht überein.',
    ruleFault: 'Das Passwort erfüllt die Anforderungen oben nicht.',
    sameFault: 'Das neue Passwort ist gleich dem aktuellen.',
    submit: 'Passwort ändern',
    done: 'Passwort geändert.'
  },
  twoFactor: {
    title: 'Zwei-Faktor-Authentisierung (2FA)',
    offText:
      'Mit 2FA erfordert jede Anmeldung Ihr Passwort und einen Code aus einer App auf Ihrem Telefon. Ein gestohlenes Passwort allein reicht dann nicht.',
    onText: 'Jede Anmeldung erfordert einen Code aus Ihrer Authenticator-App.',
    left: (n) => `Noch ${n} ${n === 1 ? 'Backup-Code' : 'Backup-Codes'}`,
    fewLeft: 'Es sind nur noch wenige Backup-Codes übrig. Erstellen Sie rechtzeitig neue.',
    enable: '2FA einschalten',
    replace: 'Authenticator wechseln',
    newCodes: 'Neue Backup-Codes',
    disable: '2FA ausschalten'
  },
  enrol: {
    title: 'Zwei-Faktor-Authentisierung einrichten',
    replaceTitle: 'Authenticator wechseln',
    scan: 'QR-Code scannen',
    scanText:
      'Verwenden Sie eine beliebige Authenticator-App: Aegis, Ente Auth, 2FAS, Google oder Microsoft Authenticator, Bitwarden, 1Password, Apple Passwörter. Fügen Sie in der App ein Konto hinzu und scannen Sie diesen Code.',
    qr: 'QR-Code für die Authenticator-App. Der Einrichtungsschlüssel darunter hat denselben Inhalt.',
    secret: 'Scannen nicht möglich? Geben Sie diesen Einrichtungsschlüssel ein (zeitbasiert):',
    openApp: 'In einer App auf diesem Gerät öffnen',
    codes: 'Backup-Codes sichern',
    codesText:
      'Jeder Backup-Code ersetzt die App bei einer Anmeldung. Sie werden nur einmal angezeigt. Speichern Sie sie nicht auf Ihrem Telefon.',
    saved: 'Ich habe die Backup-Codes gesichert',
    notSaved: 'Sichern Sie zuerst die Backup-Codes und setzen Sie das Häkchen oben.',
    guide: 'Welche App, und was, wenn sie verloren geht?',
    verify: 'Code aus der App eingeben',
    verifyText: '2FA wird eingeschaltet, sobald der Code geprüft ist.',
    code: 'Sechsstelliger Code',
    submit: 'Einschalten',
    oldEnds: 'Ihr bisheriger Authenticator funktioniert bis dahin weiter.',
    wrong:
      'Der Code ist falsch. Prüfen Sie, ob die Uhren Ihres Telefons und dieses Hosts um weniger als 30 Sekunden abweichen.',
    doneTitle: 'Zwei-Faktor-Authentisierung ist eingeschaltet',
    test: 'Testen Sie sie, bevor Sie sich abmelden',
    testText:
      'Öffnen Sie diese Adresse in einem privaten Fenster oder einem anderen Browser und melden Sie sich mit einem Code an. Schlägt das fehl, können Sie es in dieser Sitzung beheben. Nach dem Abmelden helfen nur noch ein Backup-Code oder die Shell des Hosts.',
    address: 'Testadresse',
    finish: 'Fertig'
  },
  codes: {
    label: 'Backup-Codes',
    download: 'Herunterladen',
    print: 'Drucken',
    file: (host) => `proxmenux-monitor-backup-codes-${host}.txt`,
    heading: (user, host) => `Backup-Codes von ProxMenux Monitor für ${user} auf ${host}`,
    once: 'Jeder Code gilt einmal.',
    made: (date) => `Erstellt am ${date}`
  },
  newCodes: {
    title: 'Neue Backup-Codes',
    lead: 'Zehn neue Codes ersetzen alle bisherigen Codes.',
    submit: 'Neue Codes erstellen',
    done: 'Die alten Codes gelten nicht mehr. Die neuen Codes werden nur einmal angezeigt.',
    finish: 'Ich habe die Codes gesichert'
  },
  disable: {
    title: 'Zwei-Faktor-Authentisierung ausschalten?',
    lead: 'Sie melden sich dann nur mit Ihrem Passwort an. Das 2FA-Geheimnis und die Backup-Codes werden gelöscht, und Ihre anderen Sitzungen enden.',
    submit: '2FA ausschalten',
    done: 'Zwei-Faktor-Authentisierung ist ausgeschaltet. Entfernen Sie den Eintrag aus Ihrer Authenticator-App.'
  }
}
