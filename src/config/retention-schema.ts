import { Type } from '@sinclair/typebox'
import { defaulted, table } from './schema-parts.ts'

/** A hundred years. */
const MOST_DAYS = 36_500
/** A pebibyte. */
const MOST_MIB = 1024 ** 3

/** `[retention]`. */
export const Retention = table(
  'How long the contents of runs (input, output, error) and entries of wrong admin secrets are kept. What was spent is kept for ever, and so is every total and what operators and tenants did.',
  {
    content_days: defaulted(
      30,
      Type.Integer({
        minimum: 0,
        maximum: MOST_DAYS,
        description: 'Contents are dropped after so many days; 0 keeps none at all.',
      }),
    ),
    max_database_mb: defaulted(
      10_240,
      Type.Integer({
        minimum: 1,
        maximum: MOST_MIB,
        description:
          'When the used pages of the database take more, in MiB, the oldest contents are dropped.',
      }),
    ),
    auth_failure_days: defaulted(
      30,
      Type.Integer({
        minimum: 1,
        maximum: MOST_DAYS,
        description:
          'Entries of wrong admin secrets (`admin.auth_failed`) are dropped from the audit log after so many days; no others ever are.',
      }),
    ),
    low_disk_mb: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: MOST_MIB,
        fallback: '512, or a tenth of a smaller disk',
        description:
          'With less than this free on the disk of the database, in MiB, no contents are kept, the oldest ones are dropped, and an alert is open; 0 for never.',
      }),
    ),
    min_disk_mb: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: MOST_MIB,
        fallback: '64, or a fiftieth of a smaller disk',
        description:
          'With less than this free, in MiB, new runs are refused with 503; 0 for never. At most `low_disk_mb`.',
      }),
    ),
  },
)
