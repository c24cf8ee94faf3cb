using Orleans.Runtime;
using Vrs.Grains.Telemetry;

namespace Vrs.Grains.Effects;

public abstract partial class OutboxGrain<TState, TEffect>
{
    /// <summary>The effects of one destination, in order.</summary>
    private sealed class EffectLane
    {
        private readonly OutboxGrain<TState, TEffect> _grain;
        private readonly Queue<Owed<TEffect>> _waiting = new();
        private readonly IGrainTimer _timer;
        private bool _running;
        private bool _paused;
        private int _failures;

        public EffectLane(OutboxGrain<TState, TEffect> grain, string name)
        {
            _grain = grain;
            Name = name;
            _timer = grain.Timer(_ => Run());
        }

        public string Name { get; }

        public void Add(Owed<TEffect> owed) => _waiting.Enqueue(owed);

        public void Start()
        {
            if (!_running && !_paused && IsReady)
            {
                _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }

        public void Hurry()
        {
            _paused = false;
            Start();
        }

        private bool IsReady =>
            !_grain._broken && _waiting.TryPeek(out var next) && next.Sequence <= _grain._storedUpTo;

        private async Task Run()
        {
            if (_running)
            {
                return;
            }

            _running = true;
            _paused = false;
            try
            {
                while (IsReady)
                {
                    var owed = _waiting.Peek();
                    var outcome = await Attempt(owed);
                    if (!outcome.IsDone)
                    {
                        _paused = true;
                        _timer.Change(_grain._pacing.Pause(++_failures), Timeout.InfiniteTimeSpan);
                        return;
                    }

                    _failures = 0;
                    _waiting.Dequeue();
                    await _grain.Done(owed, outcome);
                }
            }
            finally
            {
                _running = false;
            }

            if (_waiting.Count == 0)
            {
                _grain.Forget(this);
                _timer.Dispose();
            }
        }

        private async Task<Outcome> Attempt(Owed<TEffect> owed)
        {
            using var limit = new CancellationTokenSource(_grain._pacing.AttemptLimit, _grain.Time);
            try
            {
                return await _grain.Perform(owed, limit.Token)
                    .WaitAsync(_grain._pacing.AttemptLimit, _grain.Time, CancellationToken.None);
            }
            catch (Exception exception)
            {
                GrainInstruments.FailedEffects.Add(1, GrainInstruments.Label("machine", _grain.Machine));
                OutboxLog.AttemptFailed(
                    _grain.Log, exception, owed.Effect.GetType().Name, owed.Sequence, _failures + 1);
                return Outcome.Later;
            }
        }
    }
}
