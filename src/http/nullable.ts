import { type TNull, type TSchema, type TUnion, Type } from '@sinclair/typebox'

/** A value that may not exist yet. Source: contract 3.1. */
export function nullable<T extends TSchema>(schema: T): TUnion<[T, TNull]> {
  return Type.Union([schema, Type.Null()])
}
