using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;

namespace Vrs.Tests.Cluster;

/// <summary>
/// Orleans does not tell when it has nothing to do; this knows it. Whatever happens in a cluster within one process is
/// a thread of the pool at work, work in line for one, a message on its way to a grain, or a deed of storage under way.
/// The first two the pool tells, the others are counted. While a test watches, nothing else may use the pool.
/// </summary>
internal sealed class ClusterStillness
{
    private const string Key = "vrs.message";

    /// <summary>How many looks one after the other must find nothing.</summary>
    private const int Looks = 2;

    /// <summary>How long the threads of the test runner are counted, once and before others are at work.</summary>
    private static readonly TimeSpan Calibration = TimeSpan.FromSeconds(2);

    /// <summary>Longer than a message to a silo that has died is waited for.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>How many threads of the pool the test runner itself keeps at work.</summary>
    private static readonly Lazy<int> Runners = new(CountRunners);

    private readonly ConcurrentDictionary<long, (string Sender, string Message)> _underWay = new();
    private readonly ConcurrentDictionary<string, byte> _dead = new(StringComparer.Ordinal);
    private readonly int _runners;
    private long _last;
    private int _looksAtReminders;

    public ClusterStillness() => _runners = Runners.Value;

    /// <summary>Messages that wait for a write which a test holds back are not waited for.</summary>
    public Func<bool> IsHeldBack { get; init; } = () => false;

    /// <summary>Of the pool, without the one that asks.</summary>
    private static int ThreadsAtWork
    {
        get
        {
            ThreadPool.GetMaxThreads(out var most, out _);
            ThreadPool.GetAvailableThreads(out var free, out _);
            return most - free - (Thread.CurrentThread.IsThreadPoolThread ? 1 : 0);
        }
    }

    /// <summary>How often a silo has read all reminders, as it does when it takes over those of another.</summary>
    public int LooksAtReminders => Volatile.Read(ref _looksAtReminders);

    /// <summary>A silo has read all reminders; one that is dead takes nothing over.</summary>
    public void LookedThroughReminders(string member)
    {
        if (!_dead.ContainsKey(member))
        {
            Interlocked.Increment(ref _looksAtReminders);
        }
    }

    /// <summary>Returns when nothing goes on.</summary>
    /// <param name="work">Does what is to be done on the side; false when there was nothing.</param>
    public void Comes(Func<bool> work)
    {
        var idle = 0;
        var came = SpinWait.SpinUntil(
            () =>
            {
                idle = !work() && IsStill() ? idle + 1 : 0;
                return idle == Looks;
            },
            Limit);
        Assert.True(
            came, $"Not still: {string.Join(", ", _underWay.Values)}; {ThreadsAtWork} threads, {_runners} before");
    }

    /// <summary>Sees the messages of one member of the cluster from being sent to being begun.</summary>
    /// <param name="member">Its name.</param>
    public MessageFilter FilterOf(string member) => new(this, member);

    /// <summary>Sees a deed of storage of one member from beginning to end.</summary>
    public async Task<T> During<T>(string member, Func<Task<T>> deed)
    {
        var number = Begin(member, "storage");
        try
        {
            return await deed();
        }
        finally
        {
            _underWay.TryRemove(number, out _);
        }
    }

    /// <summary>Nobody waits any more for what this member began.</summary>
    public void Forget(string member)
    {
        _dead.TryAdd(member, 0);
        foreach (var (number, _) in _underWay.Where(entry => entry.Value.Sender == member))
        {
            _underWay.TryRemove(number, out _);
        }
    }

    private static int CountRunners()
    {
        var fewest = int.MaxValue;
        SpinWait.SpinUntil(
            () =>
            {
                fewest = Math.Min(fewest, ThreadsAtWork);
                return false;
            },
            Calibration);
        return fewest;
    }

    private long Begin(string member, string what)
    {
        var number = Interlocked.Increment(ref _last);
        if (!_dead.ContainsKey(member))
        {
            _underWay[number] = (member, what);
        }

        return number;
    }

    // In this order: whoever is at work can put more in line, and whoever takes from the line is at work before.
    private bool IsStill() =>
        (_underWay.IsEmpty || IsHeldBack()) && ThreadPool.PendingWorkItemCount == 0 && ThreadsAtWork <= _runners
        && ThreadPool.PendingWorkItemCount == 0;

    /// <summary>Where messages of our own interfaces begin and arrive.</summary>
    internal sealed class MessageFilter(ClusterStillness stillness, string member)
        : IOutgoingGrainCallFilter, IIncomingGrainCallFilter
    {
        public async Task Invoke(IOutgoingGrainCallContext context)
        {
            if (!IsOurs(context.InterfaceMethod.DeclaringType!))
            {
                await context.Invoke();
                return;
            }

            var number = stillness.Begin(member, $"{context.InterfaceName}.{context.MethodName}");
            RequestContext.Set(Key, number);
            try
            {
                await context.Invoke();
            }
            finally
            {
                stillness._underWay.TryRemove(number, out _);
            }
        }

        /// <summary>It has arrived. What the grain waits for is seen by itself, or comes with time.</summary>
        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (RequestContext.Get(Key) is long number)
            {
                stillness._underWay.TryRemove(number, out _);
            }

            return context.Invoke();
        }

        private static bool IsOurs(Type type) =>
            type == typeof(IRemindable) || type.Namespace!.StartsWith("Vrs.", StringComparison.Ordinal);
    }
}
