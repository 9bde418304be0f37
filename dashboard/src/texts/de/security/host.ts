import type { host as en } from '../../en/security/host.ts'

export const host: typeof en = {
  https: {
    title: 'HTTPS',
    on: 'HTTPS ist eingeschaltet',
    off: 'HTTPS ist ausgeschaltet',
    offText:
      'Der Datenverkehr zu diesem Port ist nicht verschlüsselt, auch Passwörter nicht. Ein Reverse-Proxy mit HTTPS verschlüsselt nur bis zum Proxy.',
    onText: 'Verbindungen zu diesem Port sind verschlüsselt.',
    emergency:
      'Das eingestellte Zertifikat ist unbrauchbar. Bis Sie es reparieren, verwendet der Host ein selbstsigniertes Zertifikat.',
    source: 'Quelle',
    sources: { custom: 'Eigene Dateien', proxmox: 'Proxmox', none: 'Keine' },
    subject: 'Ausgestellt für',
    issuer: 'Ausgestellt von',
    names: 'Hostnamen',
    validTo: 'Gültig bis',
    daysLeft: (n) => (n < 0 ? 'abgelaufen' : n === 1 ? 'noch 1 Tag' : `noch ${n} Tage`),
    keyType: 'Schlüssel',
    chain: 'Zertifikate in der Datei',
    fingerprint: 'SHA-256-Fingerabdruck',
    selfSigned: 'Selbstsigniert',
    choose: 'Zertifikat',
    chooseOn: 'Anderes Zertifikat verwenden',
    proxmox: 'Zertifikat von Proxmox VE',
    custom: 'Eigene Dateien',
    certPath: 'Zertifikatsdatei',
    certHint: 'Absoluter Pfad auf diesem Host. PEM-Format, zuerst das Zertifikat, dann seine Kette.',
    keyPath: 'Schlüsseldatei',
    keyHint: 'Absoluter Pfad auf diesem Host. PEM-Format, ohne Passphrase.',
    check: 'Zertifikat prüfen',
    good: 'Zertifikat und Schlüssel sind gültig und passen zueinander.',
    confirmDelay: 'Zeit zum Bestätigen',
    confirmDelayOption: (seconds) =>
      seconds < 60 ? `${seconds} Sekunden` : seconds === 60 ? '1 Minute' : `${seconds / 60} Minuten`,
    confirmDelayHint: 'Bestätigen Sie nicht in dieser Zeit, macht der Host die Änderung rückgängig.',
    proxied: (address) =>
      `Sie sind über einen Proxy unter ${address} verbunden. Ist HTTPS eingeschaltet, muss auch der Proxy HTTPS zu diesem Host verwenden. Das ist selten nötig.`,
    switchOn: 'HTTPS einschalten',
    useIt: 'Dieses Zertifikat verwenden',
    switchOff: 'HTTPS ausschalten…',
    offTitle: 'HTTPS ausschalten?',
    offLead: 'Der Datenverkehr zu diesem Host ist dann nicht mehr verschlüsselt.',
    offSubmit: 'HTTPS ausschalten',
    moveTitle: {
      https: 'HTTPS ist eingeschaltet: Öffnen Sie die neue Adresse',
      http: 'HTTPS ist ausgeschaltet: Öffnen Sie die neue Adresse'
    },
    moveLead: {
      https:
        'Dieser Host nimmt kein unverschlüsseltes HTTP mehr an. Öffnen Sie die neue Adresse und bestätigen Sie die Änderung dort.',
      http: 'Dieser Host nimmt kein HTTPS mehr an. Öffnen Sie die neue Adresse, melden Sie sich an und bestätigen Sie die Änderung dort.'
    },
    moveLeft: 'Ohne Bestätigung wird die Änderung rückgängig gemacht. Verbleibende Zeit:',
    moveWarning:
      'Ihr Browser warnt vielleicht vor dem Zertifikat. Vergleichen Sie den Fingerabdruck, bevor Sie fortfahren:',
    copyAddress: 'Adresse kopieren',
    go: 'Neue Adresse öffnen',
    moveOver:
      'Die Zeit ist abgelaufen. Die Änderung wurde rückgängig gemacht, wenn Sie sie unter der neuen Adresse nicht bestätigt haben.',
    reload: 'Neu laden'
  },
  fail2ban: {
    title: 'Fail2ban',
    lead: 'Sperrt Adressen nach wiederholt fehlgeschlagenen Anmeldungen. Alle 30 s aktualisiert.',
    states: { ok: 'Läuft', absent: 'Nicht installiert', no_jail: 'Kein Jail', unreachable: 'Antwortet nicht' },
    install: 'Jail und Filter beschreibt docs/fail2ban.md. Zum Installieren führen Sie auf dem Host aus:',
    jail: 'Jail',
    failedNow: 'Aktuelle Fehlversuche',
    failedTotal: 'Fehlversuche insgesamt',
    bannedNow: 'Aktuelle Sperren',
    bannedTotal: 'Sperren insgesamt',
    rule: 'Regel',
    ruleText: (retries, find, ban) => `${retries} Fehlversuche innerhalb von ${find}: Sperre ${ban}`,
    banFor: (time) => `für ${time}`,
    permanently: 'dauerhaft',
    checked: (time) => `Stand ${time}`,
    banned: 'Gesperrte Adressen',
    none: 'Keine gesperrten Adressen',
    noneText: 'Hier erscheinen gesperrte Adressen.',
    address: 'Adresse',
    unban: 'Entsperren',
    unbanOf: (address) => `${address} entsperren`,
    unbanTitle: (address) => `${address} entsperren?`,
    unbanLead: 'Von dieser Adresse ist sofort wieder ein Anmeldeversuch möglich.',
    unbanned: 'Adresse entsperrt.'
  },
  connection: {
    title: 'Ihre Verbindung',
    lead: 'Wie dieser Host die Anfragen dieser Seite sieht, und was daran nicht stimmt.',
    good: 'Keine Probleme mit Ihrer Verbindung gefunden.',
    seenAs: 'Gesehen als',
    host: 'Host',
    scheme: 'Schema',
    encrypted: 'Bis zu diesem Host verschlüsselt',
    peer: 'Verbunden von',
    yes: 'Ja',
    no: 'Nein',
    way: 'Weg zu diesem Host',
    hop: 'Adresse',
    trusted: 'Vertrauenswürdig',
    why: 'Grund',
    fix: 'So beheben Sie es',
    doctor: 'Verbindungstest öffnen',
    doctorHint: 'Er prüft auch den WebSocket, den das Terminal braucht.',
    proxies: 'Vertrauenswürdige Proxys',
    proxiesLead:
      'Dieser Host liest die Adresse des Clients aus ihren Forwarding-Headern. Header von anderen werden ignoriert.',
    configured: 'Aus MONITOR_TRUSTED_PROXIES',
    added: 'Hier hinzugefügt',
    noneAdded: 'Keine',
    add: 'Vertrauen',
    address: 'Adresse oder Netz des Proxys',
    addressHint:
      'Fügen Sie nur Proxys hinzu, die Sie betreiben. Ohne Bestätigung innerhalb von zwei Minuten wird die Änderung rückgängig gemacht.',
    removeOf: (address) => `${address} nicht mehr vertrauen`,
    removeTitle: (address) => `${address} nicht mehr vertrauen?`,
    removeLead: 'Alle Besucher über diesen Proxy erscheinen dann mit seiner Adresse.',
    remove: 'Entfernen'
  }
}
