import type { selfSigned as en } from '../en/self-signed.ts'

export const selfSigned: typeof en = {
  source: 'Selbstsigniertes Zertifikat',
  lead: 'Dieser Host erstellt einen eigenen Schlüssel und ein eigenes Zertifikat, gültig für 13 Monate. Browser warnen vor dem Zertifikat, bis Sie es akzeptieren.',
  leadAgain:
    'Dieser Host erstellt einen neuen Schlüssel und ein neues Zertifikat, gültig für 13 Monate. Browser warnen erneut, bis Sie das neue Zertifikat akzeptieren.',
  guide: 'So vergleichen Sie den Fingerabdruck',
  names: 'Weitere Namen und Adressen',
  namesHint: 'Die Namen und Adressen dieses Hosts sind immer enthalten. Trennen Sie mehrere durch Kommas.',
  namesFault: 'Geben Sie Hostnamen oder IP-Adressen ein, durch Kommas getrennt (höchstens 20).',
  create: 'Selbstsigniertes Zertifikat erstellen…',
  createAgain: 'Neues Zertifikat erstellen…',
  title: 'Selbstsigniertes Zertifikat erstellen?',
  what: 'Was geschieht',
  steps: [
    'Dieser Host erstellt das Zertifikat und stellt diesen Port auf HTTPS um. Sie sehen den Fingerabdruck des Zertifikats.',
    'Ihr Browser warnt, dass die Verbindung nicht privat ist. Der Grund: Keine Zertifizierungsstelle hat das Zertifikat signiert.',
    'Öffnen Sie in der Warnung das Zertifikat. Stimmt der SHA-256-Fingerabdruck überein, fahren Sie fort und bestätigen Sie die Änderung.'
  ],
  firstAgain:
    'Dieser Host erstellt das Zertifikat und verwendet es für diesen Port. Sie sehen den Fingerabdruck des Zertifikats.',
  submit: 'Erstellen und HTTPS einschalten',
  submitAgain: 'Erstellen und verwenden',
  clock: (time) =>
    `Die Uhren dieses Hosts und Ihres Browsers weichen voneinander ab: Auf dem Host ist es ${time}. Browser lehnen ein Zertifikat mit falschen Daten ab. Stellen Sie zuerst die Uhr des Hosts: timedatectl set-ntp true`,
  warning:
    'Ihr Browser warnt, dass die Verbindung nicht privat ist, weil keine Zertifizierungsstelle das Zertifikat signiert hat. Öffnen Sie in der Warnung das Zertifikat und vergleichen Sie den SHA-256-Fingerabdruck. Fahren Sie nur fort, wenn er übereinstimmt:',
  shell:
    'Um sicher zu sein, dass niemand diese Seite unterwegs verändert hat, lassen Sie den Fingerabdruck in einer Shell des Hosts ausgeben:',
  shellShown: 'So geben Sie den Fingerabdruck in einer Shell des Hosts aus:',
  copyCommand: 'Befehl kopieren',
  changedTitle: 'Das Zertifikat wurde geändert: Laden Sie die Seite neu',
  changedLead: 'Laden Sie diese Seite neu, um das neue Zertifikat zu verwenden, und bestätigen Sie die Änderung.'
}
