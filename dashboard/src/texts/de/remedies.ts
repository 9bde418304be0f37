import type { remedies as en } from '../en/remedies.ts'

export const remedies: typeof en = {
  cpu: 'Suchen Sie den Prozess, der die CPU belastet. Ist diese Last normal, erhöhen Sie den Schwellenwert in den Einstellungen.',
  iowait:
    'Ein Datenträger ist langsam oder ausgelastet. Suchen Sie den Prozess, der schreibt, und prüfen Sie den Datenträger auf Fehler.',
  memory: 'Suchen Sie den Prozess, der den Arbeitsspeicher belegt, oder geben Sie den Gästen weniger davon.',
  swap: 'Der Arbeitsspeicher ist knapp. Suchen Sie den Prozess, der ihn belegt.',
  temperature: 'Prüfen Sie Lüfter, Staub und Raumtemperatur.',
  filesystem: 'Löschen oder verschieben Sie Dateien. In einer Shell zeigt dieser Befehl, was den meisten Platz belegt:',
  disk_temperature: 'Prüfen Sie den Luftstrom am Datenträger.',
  network_errors: 'Tauschen Sie das Kabel, und vergleichen Sie Geschwindigkeit und Duplex mit dem Switch.',
  updates: 'Installieren Sie sie in einer Shell: apt update && apt upgrade',
  certificate: 'Erneuern Sie das Zertifikat, wählen Sie ein anderes, oder erstellen Sie ein neues selbstsigniertes.',
  fail2ban: 'Starten Sie fail2ban neu: systemctl restart fail2ban. Bis dahin wird keine weitere Adresse gesperrt.',
  recordings: 'Geben Sie Speicherplatz frei, oder schalten Sie Aufzeichnungen aus.',
  audit_log: 'Geben Sie Speicherplatz frei, und prüfen Sie, wer in den Ordner des Protokolls schreiben darf.',
  daemon: 'Führen Sie den Selbsttest in der Shell des Hosts aus: proxmenux-monitor doctor'
}
