import t from 'tap'
import { chooseEncoding } from '../../lib/net/accept-encoding.ts'

t.test('the first coding that is there and not refused is chosen', async (t) => {
  const choose = (header: string | undefined) => chooseEncoding(header, ['br', 'gzip'])
  t.equal(choose('gzip, deflate, br, zstd'), 'br')
  t.equal(choose('GZIP;q=0.5'), 'gzip')
  t.equal(choose('br;q=0, gzip'), 'gzip')
  t.equal(choose('br; q=0.000, gzip;q=0'), null)
  t.equal(choose('brotli, x-gzip'), null)
  t.equal(choose(''), null)
  t.equal(choose(undefined), null)
})
