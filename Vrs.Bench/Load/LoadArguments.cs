using System.CommandLine;
using System.Globalization;

namespace Vrs.Bench.Load;

/// <summary>The options of a command that places calls.</summary>
internal sealed class LoadArguments
{
    private const int Unset = 0;

    private readonly Option<Uri> _url = Address("--url", "The server's address.", "https://localhost:8443");
    private readonly Option<double> _rate;
    private readonly Option<TimeSpan> _duration;
    private readonly Option<TimeSpan> _hold =
        Time("--hold", "How long a call is relayed, e.g. 1s.", TimeSpan.FromSeconds(1));

    private readonly Option<int> _callers = Parties("--callers", "Callers");
    private readonly Option<int> _interpreters = Parties("--interpreters", "Interpreters");
    private readonly Option<int> _phones = Parties("--phones", "Hearing people's phones");
    private readonly Option<string> _password = new("--password")
    {
        Description = "The password of the load accounts.",
        DefaultValueFactory = _ => "demo",
    };

    /// <summary>The options.</summary>
    /// <param name="rate">New calls per second, when nothing else is said.</param>
    /// <param name="duration">For how long, when nothing else is said.</param>
    public LoadArguments(double rate, TimeSpan duration)
    {
        _rate = new Option<double>("--rate")
        {
            Description = "New calls per second.",
            DefaultValueFactory = _ => rate,
        };
        _duration = Time("--duration", "How long new calls are placed, e.g. 30s or 2m.", duration);
    }

    public void AddTo(Command command)
    {
        Option[] all = [_url, _rate, _duration, _hold, _callers, _interpreters, _phones, _password];
        foreach (var option in all)
        {
            command.Add(option);
        }
    }

    /// <summary>What was said; as many parties as the rate needs where nothing was.</summary>
    public LoadOptions Read(ParseResult parsed)
    {
        var enough = LoadOptions.PartiesFor(parsed.GetValue(_rate), parsed.GetValue(_hold));
        int Count(Option<int> option) => parsed.GetValue(option) is var n and not Unset ? n : enough;
        return new LoadOptions(
            parsed.GetValue(_url)!,
            parsed.GetValue(_rate),
            parsed.GetValue(_duration),
            parsed.GetValue(_hold),
            Count(_callers),
            Count(_interpreters),
            Count(_phones),
            parsed.GetValue(_password)!);
    }

    /// <summary>Reads <c>500ms</c>, <c>30s</c> or <c>2m</c>; null when it is none of these.</summary>
    internal static TimeSpan? ReadTime(string text)
    {
        var unit = text.TrimStart([.. "0123456789."]);
        return double.TryParse(text[..^unit.Length], CultureInfo.InvariantCulture, out var number)
            ? unit switch
            {
                "ms" => TimeSpan.FromMilliseconds(number),
                "s" => TimeSpan.FromSeconds(number),
                "m" => TimeSpan.FromMinutes(number),
                _ => null,
            }
            : null;
    }

    /// <summary>An option that is an <c>https:</c> address.</summary>
    public static Option<Uri> Address(string name, string description, string usual) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => new Uri(usual),
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps)
            {
                return uri;
            }

            result.AddError($"{name} is '{text}'; write it like {usual}.");
            return null!;
        },
    };

    /// <summary>An option that is a time.</summary>
    public static Option<TimeSpan> Time(string name, string description, TimeSpan usual) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (ReadTime(text) is { } time)
            {
                return time;
            }

            result.AddError($"{name} is '{text}'; write it like 30s, 500ms or 2m.");
            return usual;
        },
    };

    private static Option<int> Parties(string name, string who) => new(name)
    {
        Description = $"{who}; as many as the rate needs when left out.",
        DefaultValueFactory = _ => Unset,
    };
}
