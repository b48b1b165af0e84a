// Calls a running Organisations service in every way that gRPC has: node call.js ADDRESS TOKEN ORGANISATION_NUMBER
'use strict';
const { randomUUID } = require('node:crypto');
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const root = path.join(__dirname, '..', '..', '..');
const options = { keepCase: true, enums: String, defaults: true, oneofs: true, longs: String };
const load = (files, folders) => loader.loadSync(files, { ...options, includeDirs: folders });
const contracts = load(
  ['iop/organisations/v1/organisations.proto', 'iop/organisations/v1/documents.proto'], [path.join(root, 'contracts')]);
const platform = load(['health.proto', 'reflection.proto'], [path.join(root, 'services', 'Platform', 'Health')]);
const details = load(['status.proto'], [__dirname]);

const { iop } = grpc.loadPackageDefinition(contracts);
const { grpc: known } = grpc.loadPackageDefinition(platform);

const [address, token, number] = process.argv.slice(2);
const municipality = 'municipalities/1283';
const credentials = grpc.credentials.createInsecure();
const metadata = new grpc.Metadata();
metadata.set('authorization', `Bearer ${token}`);

const unary = (client, method, request) => new Promise((resolve, reject) =>
  client[method](request, metadata, (error, answer) => (error ? reject(error) : resolve(answer))));

async function health() {
  const client = new known.health.v1.Health(address, credentials);
  const answer = await unary(client, 'Check', { service: 'iop.organisations.v1.OrganisationsService' });
  console.log('health', answer.status);
}

function reflection() {
  const call = new known.reflection.v1.ServerReflection(address, credentials).ServerReflectionInfo();
  return new Promise((resolve, reject) => {
    call.on('error', reject);
    call.on('data', answer => {
      const names = answer.list_services_response.service.map(service => service.name);
      const own = names.filter(name => name.startsWith('iop.')).map(name => name.split('.').pop()).sort();
      console.log('reflection', ...own);
      call.end();
    });
    call.on('end', resolve);
    call.write({ list_services: '*' });
  });
}

async function create(client) {
  const organisation = {
    organisation_number: number,
    display_name: 'Föreningen från Node',
    legal_form: 'LEGAL_FORM_NON_PROFIT_ASSOCIATION',
    purpose: 'ORGANISATION_PURPOSE_PUBLIC_BENEFIT',
  };
  const created = await unary(client, 'CreateOrganisation', { parent: municipality, organisation, request_id: randomUUID() });
  const read = await unary(client, 'GetOrganisation', { name: created.name });
  if (read.display_name !== organisation.display_name) throw new Error('another organisation was read');
  console.log('unary ok');
  return created.name;
}

async function refused(client) {
  const organisation = { organisation_number: '899999-0017', display_name: 'Fel kontrollsiffra' };
  const error = await unary(client, 'CreateOrganisation', { parent: municipality, organisation, request_id: randomUUID() })
    .then(() => { throw new Error('a wrong number was accepted'); }, reason => reason);
  const status = decode('google.rpc.Status', error.metadata.get('grpc-status-details-bin')[0]);
  const detail = name => decode(name, status.details.find(any => any.type_url.endsWith(`/${name}`)).value);
  const fields = detail('google.rpc.BadRequest').field_violations.map(violation => violation.field);
  console.log('rich error', detail('google.rpc.ErrorInfo').reason, fields.find(field => field.endsWith('organisation_number')));
}

const decode = (name, bytes) => details[name].deserialize(bytes);

async function stream(organisation) {
  const client = new iop.organisations.v1.DocumentsService(address, credentials);
  const sent = Buffer.from(`%PDF-1.4\n${'stadgar '.repeat(50000)}\n%%EOF\n`);
  const document = await new Promise((resolve, reject) => {
    const call = client.UploadDocument(metadata, (error, answer) => (error ? reject(error) : resolve(answer)));
    call.write({ header: { parent: organisation, kind: 'DOCUMENT_KIND_STATUTES', title: 'Stadgar', request_id: randomUUID() } });
    for (let at = 0; at < sent.length; at += 65536) call.write({ chunk: sent.subarray(at, at + 65536) });
    call.end();
  });
  const received = [];
  for await (const part of client.DownloadDocument({ name: document.name }, metadata)) {
    if (part.content === 'chunk') received.push(part.chunk);
  }
  console.log('stream', Buffer.concat(received).equals(sent) ? 'same bytes' : 'other bytes');
}

async function main() {
  await health();
  await reflection();
  const client = new iop.organisations.v1.OrganisationsService(address, credentials);
  const organisation = await create(client);
  await refused(client);
  await stream(organisation);
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
