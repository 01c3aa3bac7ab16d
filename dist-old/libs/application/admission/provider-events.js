/** What an event says of a provider's lane. Answers whether somebody may start now who could not before. */ export function followProvider(admission, event) {
    switch(event.type){
        case 'ProviderLimitsChanged':
            admission.lane(event.data.provider).limits = event.data.limits;
            return true;
        case 'ProviderPaused':
            admission.lane(event.data.provider).pause(event.data.until);
            return false;
        case 'ProviderResumed':
            admission.lane(event.data.provider).resume();
            return true;
        case 'CircuitOpened':
            {
                const { provider, ...circuit } = event.data;
                admission.lane(provider).circuit = {
                    status: 'open',
                    ...circuit
                };
                return true;
            }
        case 'CircuitClosed':
            admission.lane(event.data.provider).circuit = {
                status: 'closed'
            };
            return true;
        default:
            return false;
    }
}

//# sourceMappingURL=provider-events.js.map