import { features, type Grpc } from './protocol.js';

/** What the server says that it can do: without batched appends the client falls back to one call for each. */
export function supportedMethods(batch: boolean): Grpc.handleUnaryCall<unknown, unknown> {
  return (_, answer) => {
    const methods = new features.SupportedMethods();
    methods.setEventStoreServerVersion('23.10.7');
    methods.setMethodsList(
      ['read', 'append', ...(batch ? ['batchappend'] : [])].map((name) => {
        const method = new features.SupportedMethod();
        method.setServiceName('event_store.client.streams.streams');
        method.setMethodName(name);
        return method;
      }),
    );
    answer(null, methods);
  };
}
