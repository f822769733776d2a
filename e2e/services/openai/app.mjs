// A service that asks a model one question. The model is a server of this process.
import { createServer } from 'node:http';
import OpenAI from 'openai';

const answer = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1790000000,
  model: 'model-1',
  choices: [
    { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'the answer' } },
  ],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
};
const server = createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));

const client = new OpenAI({
  apiKey: 'key',
  baseURL: `http://127.0.0.1:${server.address().port}/v1`,
});
await client.chat.completions.create({
  model: 'model-1',
  messages: [{ role: 'user', content: 'the question' }],
});
server.close();
server.closeAllConnections();
