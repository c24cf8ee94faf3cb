using System.Reflection;
using Microsoft.Extensions.Logging;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>Everything a silo is made of.</summary>
/// <param name="Services">Where grains get their dependencies.</param>
/// <param name="Options">Limits and times.</param>
/// <param name="Time">The clock of everything in the silo.</param>
/// <param name="TurnOrder">Which turn runs next.</param>
/// <param name="Transit">What happens to messages on their way; null delivers them at once.</param>
/// <param name="Storage">Where grain state is kept.</param>
/// <param name="Reminders">Where reminders are kept.</param>
/// <param name="StateJson">How grain state is written.</param>
/// <param name="GrainAssemblies">Where the grain classes are.</param>
/// <param name="Log">Where the engine speaks.</param>
internal sealed record EmbeddedSiloParts(
    IServiceProvider Services,
    EmbeddedSiloOptions Options,
    TimeProvider Time,
    ITurnOrder TurnOrder,
    IMessageTransit? Transit,
    IStateStorage Storage,
    IReminderStorage Reminders,
    StateJson StateJson,
    IReadOnlyList<Assembly> GrainAssemblies,
    ILogger Log);
