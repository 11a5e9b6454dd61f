import type { LanguageModel } from 'ai'
import { aiSdk } from '../libraries/ai-sdk.ts'
import { load } from './load.ts'

interface Requesty {
  createRequesty: (settings: object) => (model: string) => LanguageModel
}

export const requesty = aiSdk('ai with @requesty/ai-sdk', '@requesty/ai-sdk', async (place) => {
  const { createRequesty } = await load<Requesty>('@requesty/ai-sdk')
  return createRequesty({ baseURL: `${place.url}/v1`, apiKey: place.key })(place.model)
})
