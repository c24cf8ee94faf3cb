using System.Collections.Immutable;
using System.Text.Json;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Records;
using Vrs.Grains.Effects;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Grains.Interfaces.Registrations;
using Vrs.Grains.Records;
using Vrs.Silo.Storage;

namespace Vrs.Tests.Simulation;

/// <summary>The table of records has lost its key: a record that is written again is there twice.</summary>
internal sealed class RecordWrittenTwice : Plant
{
    public override ICallRecords Over(FaultyRecords records) => new Keyless(records);

    private sealed class Keyless(FaultyRecords records) : ICallRecords
    {
        public Task Append(CallRecord record, CancellationToken cancellationToken)
        {
            records.AppendAnyway(record);
            return Task.CompletedTask;
        }

        public Task<ImmutableArray<CallRecord>> Recent(int count, CancellationToken cancellationToken) =>
            records.Recent(count, cancellationToken);
    }
}

/// <summary>
/// An interpreter who let an offer pass is not asked again for that call, however long its caller waits beside her; and
/// whoever is to be called back is patient.
/// </summary>
internal sealed class PassedOver : Plant
{
    public override IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Queues:ReofferPause", "00:10:00"),
        new("Calls:CallbackWithin", "00:15:00"),
    ];
}

/// <summary>A grain stores something else than it has in memory: a crash shows it.</summary>
/// <param name="grain">The type of the grain.</param>
/// <param name="forget">What becomes of its state on the way to storage.</param>
internal sealed class Forgotten<TState, TEffect>(string grain, Action<Kept<TState, TEffect>> forget) : Plant
    where TState : class, new()
    where TEffect : class
{
    private static readonly JsonSerializerOptions Json = new StateJson().Options;

    public override IStateStorage Over(IStateStorage storage) => new Forgetful(storage, grain, forget);

    private sealed class Forgetful(IStateStorage storage, string grain, Action<Kept<TState, TEffect>> forget)
        : IStateStorage
    {
        public Task<StoredState?> Read(StateKey key) => storage.Read(key);

        public Task Clear(StateKey key, string etag) => storage.Clear(key, etag);

        public Task<string> Write(StateKey key, ReadOnlyMemory<byte> json, string? etag) =>
            storage.Write(key, key.Grain.Type == grain ? Without(json) : json, etag);

        private byte[] Without(ReadOnlyMemory<byte> json)
        {
            var kept = JsonSerializer.Deserialize<Kept<TState, TEffect>>(json.Span, Json)!;
            forget(kept);
            return JsonSerializer.SerializeToUtf8Bytes(kept, Json);
        }
    }
}

/// <summary>
/// The number of an offer is lost between the console and the interpreter's grain: whatever she accepts is taken as
/// the offer that she holds by then.
/// </summary>
internal sealed class OfferNumberIgnored : Plant
{
    public override IInterpreterGrain Over(IInterpreterGrain interpreter, Func<HeldOffer?> held) =>
        new Careless(interpreter, held);

    private sealed class Careless(IInterpreterGrain interpreter, Func<HeldOffer?> held) : IInterpreterGrain
    {
        public Task<Refusal?> Accept(CallId call, long offer) =>
            held() is { } current ? interpreter.Accept(current.Call, current.Offer) : interpreter.Accept(call, offer);

        public Task<Refusal?> SignIn(DeviceId? console) => interpreter.SignIn(console);

        public Task<Refusal?> SignOut() => interpreter.SignOut();

        public Task<Refusal?> GoAvailable() => interpreter.GoAvailable();

        public Task<Refusal?> TakeBreak(BreakKind kind, string note) => interpreter.TakeBreak(kind, note);

        public Task<Refusal?> ExtendWrapUp(long deadline) => interpreter.ExtendWrapUp(deadline);

        public Task<Refusal?> Decline(CallId call, long offer) => interpreter.Decline(call, offer);

        public Task<Reservation?> Reserve(CallId call, long offer, PoolId pool, long stint) =>
            interpreter.Reserve(call, offer, pool, stint);

        public Task Present(OfferView offer) => interpreter.Present(offer);

        public Task Release(CallId call, long offer, ReleaseReason reason) => interpreter.Release(call, offer, reason);

        public Task ConsolesChanged(ImmutableArray<DeviceId> live) => interpreter.ConsolesChanged(live);

        public Task<InterpreterView?> GetView() => interpreter.GetView();
    }
}
