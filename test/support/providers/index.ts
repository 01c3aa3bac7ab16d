/** The stand-ins live beside the connectors, because the demo uses them too; end-to-end tests take them from here. */
export * from '#lib/connectors/testing';
