import type { ThirdParty } from './bundled-packages.ts'

/**
 * What the binary is made of, as CycloneDX 1.6 in JSON. It says neither when nor where it was written, so that the
 * same sources give the same bytes.
 *
 * Source: https://cyclonedx.org/docs/1.6/json/
 */
export function billOfMaterials(version: string, parts: ThirdParty[]): object {
  const refs = new Map(parts.map(({ name, purl }) => [name, purl]))
  const root = `pkg:generic/ares@${version}`
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': root,
        name: 'ares',
        version,
        licenses: [{ license: { id: 'MIT' } }],
        purl: root,
      },
    },
    components: parts.map(componentOf),
    dependencies: [
      { ref: root, dependsOn: parts.map(({ purl }) => purl) },
      ...parts.map(({ purl, needs }) => ({
        ref: purl,
        dependsOn: needs.flatMap((name) => refs.get(name) ?? []).toSorted(),
      })),
    ],
  }
}

function componentOf({ name, version, license, homepage, purl }: ThirdParty): object {
  return {
    type: name === 'bun' ? 'platform' : 'library',
    'bom-ref': purl,
    name,
    version,
    // SPDX ids are one word.
    licenses: [{ license: license.includes(' ') ? { name: license } : { id: license } }],
    purl,
    externalReferences: [{ type: 'website', url: homepage }],
  }
}
