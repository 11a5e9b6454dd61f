import { AresError, notFound } from '../errors.ts'
import { allowsAgent, allowsModel, type Powers } from './powers.ts'

/** Lets only an agent pass that the key may know of; to others it is not there. @throws AresError `not_found` */
export function requireAgent(powers: Powers | null, name: string): void {
  if (!allowsAgent(powers, name)) throw notFound('agent')
}

/** Lets only a model pass that the key may spend on, whoever named it. @throws AresError `forbidden` */
export function requireModel(powers: Powers | null, id: string): void {
  if (allowsModel(powers, id)) return
  throw new AresError('forbidden', `This API key may not use the model ${id}.`)
}
