import { describe, expect, test } from 'bun:test'
import { findExpression } from '../../../../src/providers/demo/arithmetic.ts'

describe('the expression in a message', () => {
  test.each([
    ['6*7', '6*7'],
    ['What is 10-3?', '10-3'],
    ['10 - 3 =', '10 - 3'],
    ['Calculate:3*4', '3*4'],
    ['compute 1,250.50 * 12', '1250.50 * 12'],
    ['How much is 100/4?', '100/4'],
    ['3 × 4 please', '3 × 4'],
    ['sqrt(16)+2', 'sqrt(16)+2'],
    ['3 - -4', '3 - -4'],
    ['17 % 5', '17 % 5'],
    ['what is 15% of 200, i.e. 0.15*200?', '0.15*200'],
    ['Total of 3 + 4 and 5 * 6', '3 + 4'],
  ])('%s', (message, expression) => {
    expect(findExpression(message)).toBe(expression)
  })

  test.each([
    '',
    '42',
    '2026-03-13',
    '13/03/2026',
    'What is due on 2026-03-13?',
    '2026-03-13T14:22:00Z',
    'TX-9921',
    'Analyze the risk profile for transaction TX-9921',
    'COVID-19',
    'v1.2.3-4',
    '24/7 support',
    'What is 24/7 support?',
    'What is 2024-2025?',
    'pages 10 - 20',
    'at 14:22',
    '10.0.0.0/8',
    '+1-555-0199',
    '(555) 123-4567',
    '0190e2c5-7b1a-7000-8000-000000000001',
    '- 3 items\n- 4 items',
    '50% - 20%',
    'a 3*x',
    'and/or 3',
    '1) first',
    '5 * hotel',
  ])('none in %j', (message) => {
    expect(findExpression(message)).toBeUndefined()
  })
})
