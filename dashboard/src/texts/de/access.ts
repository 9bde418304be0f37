import type { access as en } from '../en/access.ts'

export const access: typeof en = {
  starting: 'Verbindung zum Host wird aufgebaut…',
  protect: {
    title: 'Dashboard schützen?',
    lead: 'Dieses Dashboard kann diesen Host auslesen und ändern und eine Root-Shell öffnen. Setzen Sie ein Passwort, um andere auszuschließen.',
    yes: 'Ja, Passwort einrichten',
    no: 'Nein, ohne Schutz fortfahren',
    yesHint: 'Empfohlen. Zwei-Faktor-Authentisierung (2FA) können Sie später hinzufügen.',
    noHint: 'Nur für ein isoliertes Labor. Ein Passwort können Sie später setzen.',
    guide: 'Über den ersten Start',
    sure: 'Ohne Passwort fortfahren?',
    sureText: 'Wer diese Adresse erreicht, hat ohne Passwort vollen Zugriff. Tun Sie das nur in einem isolierten Netz.',
    sureYes: 'Ohne Passwort fortfahren',
    sureNo: 'Zurück'
  },
  create: {
    title: 'Ihr Konto erstellen',
    lead: 'Dieses Konto ist der Eigentümer dieses Dashboards. Optionale Felder können Sie später ausfüllen.',
    username: 'Benutzername',
    usernameHint: 'Lässt sich später nicht ändern.',
    usernameFault: 'Geben Sie einen Benutzernamen ein (bis zu 64 Zeichen, ohne Leerzeichen am Anfang oder Ende).',
    password: 'Passwort',
    repeat: 'Passwort bestätigen',
    repeatFault: 'Die Passwörter stimmen nicht überein.',
    displayName: 'Anzeigename',
    displayNameHint: 'Wird anstelle des Benutzernamens angezeigt.',
    displayNameFault: 'Geben Sie höchstens 64 Zeichen ein.',
    profile: 'Ihr Profil',
    setupCode: 'Einrichtungscode',
    setupCodeHint: 'Der Wert von MONITOR_SETUP_CODE auf diesem Host.',
    setupCodeFault: 'Der Einrichtungscode fehlt oder ist falsch. Geben Sie den Wert von MONITOR_SETUP_CODE ein.',
    tenantLead: (name) => `Dieses Konto ist der Eigentümer von ${name}. Optionale Felder können Sie später ausfüllen.`,
    tenantCodeHint: 'Sie haben ihn mit dieser Adresse erhalten. Er gilt 24 Stunden lang und einmal.',
    tenantCodeFault:
      'Der Einrichtungscode fehlt, ist falsch oder abgelaufen. Bitten Sie den Betreiber, der Ihnen diese Adresse gab, um einen neuen.',
    trustProxy: (address) => `Dem Proxy ${address} vertrauen`,
    trustProxyHint:
      'Diesem Proxy wird noch nicht vertraut, daher erscheinen alle Besucher mit seiner Adresse. Vertrauen Sie ihm nur, wenn Sie ihn betreiben.',
    save: 'Speichern und Dashboard öffnen',
    back: 'Zurück',
    done: 'Konto erstellt.',
    nameFailed: (why) => `Das Konto wurde erstellt, der Anzeigename aber nicht gespeichert. ${why}`,
    avatarFailed: (why) => `Das Konto wurde erstellt, der Avatar aber nicht gespeichert. ${why}`
  },
  strength: {
    label: 'Stärke',
    levels: ['Zu schwach', 'Zu schwach', 'Mäßig', 'Gut', 'Stark'],
    rules: {
      length: 'Mindestens 10 Zeichen',
      maxLength: 'Höchstens 256 Zeichen',
      kinds: 'Mindestens 3 von: Kleinbuchstaben, Großbuchstaben, Ziffern, Sonderzeichen',
      notName: 'Anders als der Benutzername',
      notObvious: 'Kein häufig verwendetes Passwort'
    },
    met: 'erfüllt',
    missing: 'fehlt',
    common: 'Häufig verwendete Passwörter werden beim Speichern abgelehnt.'
  },
  avatar: {
    label: 'Avatar',
    choose: 'Bild auswählen',
    replace: 'Anderes Bild auswählen',
    remove: 'Entfernen',
    hint: 'PNG, JPEG, WebP oder GIF.',
    crop: 'Bildausschnitt. Ziehen Sie ihn, oder verwenden Sie die Pfeiltasten.',
    zoom: 'Zoom',
    unreadable: 'Diese Datei ist kein unterstütztes Bild. Wählen Sie eine Datei im Format PNG, JPEG, WebP oder GIF.'
  },
  login: {
    title: 'Anmelden',
    to: (host) => `bei ${host}`,
    username: 'Benutzername',
    password: 'Passwort',
    submit: 'Anmelden',
    logoutNotice: 'Sie sind abgemeldet.',
    endedNotice: 'Ihre Sitzung ist beendet. Melden Sie sich erneut an.',
    linkNotice: 'Dieser Link wurde schon verwendet oder ist abgelaufen. Melden Sie sich an.',
    lateNotice: 'Die Einrichtung wurde schon abgeschlossen. Melden Sie sich an.',
    codeTitle: '2FA-Code',
    codeLead: 'Geben Sie den aktuellen sechsstelligen Code aus Ihrer Authenticator-App ein.',
    code: 'Code',
    backupLead: 'Geben Sie einen Ihrer gespeicherten Backup-Codes ein. Jeder Code gilt einmal.',
    backupCode: 'Backup-Code',
    useBackup: 'Backup-Code verwenden',
    useApp: 'Authenticator-App verwenden',
    verify: 'Prüfen',
    back: 'Zurück',
    moreHelp: 'Andere Wege zurück',
    lostPhone: 'Telefon verloren?',
    lost: 'Passwort verloren? Führen Sie dies als root auf dem Host aus:',
    locked: 'Um sich vorher anzumelden, führen Sie dies als root auf dem Host aus und laden dann diese Seite neu:',
    lostClone: 'Gibt es diesen Befehl nicht, führen Sie dies im Ordner des Monitors aus, etwa /opt/proxmenux-monitor:',
    lostOfTenant: (name) => `Passwort verloren? Wenden Sie sich an einen Administrator von ${name}.`
  },
  confirm: {
    title: 'Bestätigen Sie, dass Sie es sind',
    lead: 'Diese Aktion ändert Zugriffsrechte. Geben Sie Ihr Passwort noch einmal ein.',
    password: 'Passwort',
    code: '2FA-Code',
    submit: 'Bestätigen'
  },
  enable: {
    title: 'Anmeldung einschalten',
    lead: 'Die Anmeldung ist in auth.json auf diesem Host ausgeschaltet. Das Konto besteht noch. Geben Sie das Passwort des Eigentümers ein, um sie einzuschalten.',
    password: 'Passwort des Eigentümers',
    submit: 'Anmeldung einschalten'
  },
  broken: {
    unreachable: 'Dieser Host antwortet nicht',
    unreadable: 'Die Kontodatei kann nicht gelesen werden',
    unreadableText:
      'Die Datei auth.json auf diesem Host ist beschädigt oder fehlt, daher werden alle Anfragen abgelehnt. Das Protokoll des Dienstes nennt den Fehler. Der Zugriff kehrt zurück, sobald die Datei repariert ist.',
    unreadableHow: 'Führen Sie dies auf dem Host aus:',
    refused: 'Dieser Host hat die Anfrage abgelehnt',
    limited: 'Zu viele Anfragen',
    suspended: 'Der Zugriff ist ausgesetzt',
    suspendedText:
      'Der Betreiber dieses Panels hat diesen Mandanten ausgesetzt. Seine Daten bleiben. Bitten Sie den Betreiber, ihn fortzusetzen.',
    unknown: 'Unbekannte Adresse',
    unknownText:
      'Kein Mandant dieses Panels hat diese Adresse. Ist die Adresse richtig, fragen Sie den Betreiber dieses Panels.',
    moved: 'Dieser Host verwendet jetzt HTTPS',
    movedText:
      'HTTPS wurde eingeschaltet, unverschlüsseltes HTTP ist nicht mehr verfügbar. Verwenden Sie diese Adresse:',
    movedWarning: 'Ihr Browser warnt Sie, wenn er dem Zertifikat nicht vertraut.',
    movedGo: 'Neue Adresse öffnen',
    again: (time) => `Nächster Versuch in ${time}.`,
    asking: 'Neuer Versuch…'
  }
}
