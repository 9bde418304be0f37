import { formatCount, formatMeasured } from '../../data/format.ts'
import { Value } from '../../parts/sample.tsx'
import { texts } from '../../texts/hardware.ts'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { listTreeIcon, usbIcon } from '../../ui/icon-shapes.ts'
import { type Column, Table } from '../../ui/table.tsx'
import type { Hardware } from './parts.ts'

type Pci = NonNullable<Hardware['pci_devices']>[number]
type Usb = NonNullable<Hardware['usb_devices']>[number]

interface DeviceNameProps {
  name: string | null
  /** Shown without a name. */
  id: string
  place: string
  maker: string | null
  isHub?: boolean
}

function DeviceName({ name, id, place, maker, isHub }: DeviceNameProps) {
  return (
    <span className="flex flex-col">
      <span translate="no" className="flex flex-wrap items-center gap-2 wrap-anywhere">
        {name ?? id}
        {isHub && <Badge>{texts.hub}</Badge>}
      </span>
      <span translate="no" className="text-xs font-normal text-muted wrap-anywhere">
        {[place, maker].filter((word) => word !== null).join(' · ')}
      </span>
    </span>
  )
}

const pciColumns: Column<Pci>[] = [
  {
    key: 'device',
    title: texts.device,
    cell: ({ device, slot, vendor, vendor_id: vendorId, device_id: id }) => (
      <DeviceName name={device} id={`${vendorId}:${id}`} place={slot} maker={vendor} />
    )
  },
  {
    key: 'class',
    title: texts.class,
    isSecondary: true,
    cell: ({ class: name, class_id: id }) => <span translate="no">{name ?? id}</span>
  },
  {
    key: 'driver',
    title: texts.driver,
    cell: ({ driver, reasons }) => (
      <Value value={driver} reason={reasons.driver}>
        {(value) => <span translate="no">{value}</span>}
      </Value>
    )
  },
  {
    key: 'link',
    title: texts.link,
    isSecondary: true,
    cell: ({ link_speed_gts: speed, link_width: width, reasons }) => (
      <Value value={speed} reason={reasons.link_speed_gts}>
        {(value) => <span className="whitespace-nowrap">{texts.linkValue(formatMeasured(value), width)}</span>}
      </Value>
    )
  },
  {
    key: 'iommu',
    title: texts.iommu,
    isNumeric: true,
    isSecondary: true,
    cell: ({ iommu_group: group, reasons }) => (
      <Value value={group} reason={reasons.iommu_group}>
        {(value) => value}
      </Value>
    )
  }
]

const usbColumns: Column<Usb>[] = [
  {
    key: 'device',
    title: texts.device,
    cell: ({ product, port, manufacturer, vendor_id: vendor, product_id: id, hub }) => (
      <DeviceName name={product} id={`${vendor}:${id}`} place={port} maker={manufacturer} isHub={hub} />
    )
  },
  {
    key: 'id',
    title: texts.id,
    isSecondary: true,
    cell: ({ vendor_id: vendor, product_id: product }) => (
      <span translate="no">
        {vendor}:{product}
      </span>
    )
  },
  {
    key: 'driver',
    title: texts.driver,
    cell: ({ drivers }) => (
      <span translate="no" className={drivers.length === 0 ? 'text-muted' : undefined}>
        {drivers.length === 0 ? texts.noDriver : drivers.join(', ')}
      </span>
    )
  },
  {
    key: 'speed',
    title: texts.speed,
    isNumeric: true,
    isSecondary: true,
    cell: ({ speed_mbps: speed, reasons }) => (
      <Value value={speed} reason={reasons.speed_mbps}>
        {(value) => (
          <span className="whitespace-nowrap">
            {texts.mbps(value < 10 ? formatMeasured(value) : formatCount(value))}
          </span>
        )}
      </Value>
    )
  }
]

/** What is on the PCI and USB buses. */
export function Devices({ hardware: { pci_devices: pci, usb_devices: usb } }: { hardware: Hardware }) {
  return (
    <>
      {pci !== null && pci.length > 0 && (
        <Card title={texts.pci} icon={listTreeIcon}>
          <Table caption={texts.pci} columns={pciColumns} rows={pci} keyOf={({ slot }) => slot} />
        </Card>
      )}
      {usb !== null && usb.length > 0 && (
        <Card title={texts.usb} icon={usbIcon}>
          <Table caption={texts.usb} columns={usbColumns} rows={usb} keyOf={({ port }) => port} />
        </Card>
      )}
    </>
  )
}
