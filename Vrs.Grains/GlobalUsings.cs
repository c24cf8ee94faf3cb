global using System.Collections.Immutable;
global using Orleans;
global using Vrs.Grains.Interfaces;
global using Vrs.Grains.Interfaces.Accounts;
global using Vrs.Grains.Interfaces.Calls;
global using Vrs.Grains.Interfaces.Interpreters;
global using Vrs.Grains.Interfaces.Queues;
global using Vrs.Grains.Interfaces.Registrations;
