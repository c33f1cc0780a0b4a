using System.Globalization;
using JieSuJiBan.Domain;

namespace JieSuJiBan.Web.Open311;

/// <summary>What a GET of requests asks for, and everything that is wrong with it.</summary>
internal sealed class RequestQuery
{
    public const int MaxPageSize = 1000, MaxPage = 1000;

    private static readonly TimeSpan s_span = TimeSpan.FromDays(90);

    // With the seconds or without.
    private static readonly string[] s_times = ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    private readonly List<Refusal> _refusals = [];
    private DateTimeOffset? _start, _end;

    public IReadOnlyList<Refusal> Refusals => _refusals;

    public bool IsOfUnknownService { get; private set; }

    /// <summary>Overrides everything else.</summary>
    public IReadOnlyList<string> Numbers { get; private init; } = [];

    /// <summary>The two upper levels; what lies below them is meant too.</summary>
    public IReadOnlyList<string> Categories { get; private set; } = [];

    /// <summary>Null for both.</summary>
    public bool? IsOpen { get; private set; }

    public int Page { get; private set; } = 1;

    public int PageSize { get; private set; } = MaxPageSize;

    public static RequestQuery One(string number) => new() { Numbers = [number] };

    public static RequestQuery Read(Call call, ServiceList services)
    {
        var query = new RequestQuery { Numbers = call.List("service_request_id") };
        query.ReadPage(call);
        if (query.Numbers.Count > MaxPageSize)
        {
            query._refusals.Add(new("open311.query.numbers", $"一次最多查{MaxPageSize}件。", $"At most {MaxPageSize} requests at once."));
        }

        if (query.Numbers.Count == 0)
        {
            query.ReadServices(call, services);
            query.ReadStatus(call);
            query.ReadSpan(call);
        }

        return query;
    }

    /// <summary>From when to when: ninety days, unless less was asked for.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Span(DateTimeOffset now) =>
        (_start, _end) switch
        {
            ({ } start, { } end) => (start, end),
            ({ } start, null) => (start, start + s_span),
            (null, { } end) => (end - s_span, end),
            _ => (now - s_span, now),
        };

    private void ReadServices(Call call, ServiceList services)
    {
        var found = call.List("service_code").Select(code => services.Find(call.District, code)).ToList();
        IsOfUnknownService = found.Contains(null);
        if (IsOfUnknownService)
        {
            _refusals.Add(RequestDesk.UnknownService);
        }

        Categories = [.. found.OfType<Service>().Select(service => service.Category)];
    }

    private void ReadStatus(Call call)
    {
        var statuses = call.List("status").Distinct().ToList();
        if (statuses.Exists(status => status is not ("open" or "closed")))
        {
            _refusals.Add(new("open311.query.status", "status只能是open或closed。", "The status is open or closed."));
        }

        IsOpen = statuses is [var only] ? only == "open" : null;
    }

    private void ReadSpan(Call call)
    {
        (_start, _end) = (ReadTime(call, "start_date"), ReadTime(call, "end_date"));
        if (_end < _start)
        {
            _refusals.Add(new("open311.query.order", "end_date早于start_date。", "The end_date lies before the start_date."));
        }
        else if (_end - _start > s_span)
        {
            _refusals.Add(new("open311.query.span", "start_date到end_date不能超过90天。", "From start_date to end_date at most 90 days."));
        }
    }

    private DateTimeOffset? ReadTime(Call call, string name)
    {
        if (call[name] is not { } text)
        {
            return null;
        }

        // An unescaped plus in a query arrives as a space.
        var zoned = text.Replace(' ', '+');
        if ((zoned[^1] == 'Z' || zoned is [.., '+' or '-', _, _, ':', _, _])
            && DateTimeOffset.TryParseExact(zoned, s_times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
        {
            return at.ToUniversalTime();
        }

        _refusals.Add(new("open311.query.time", $"{name}应带时区，如2026-03-02T00:00:00+08:00。", $"{name} is a time with its zone, such as 2026-03-02T00:00:00+08:00."));
        return null;
    }

    private void ReadPage(Call call)
    {
        (Page, PageSize) = (ReadNumber(call, "page", MaxPage) ?? 1, ReadNumber(call, "page_size", MaxPageSize) ?? MaxPageSize);
    }

    private int? ReadNumber(Call call, string name, int most)
    {
        if (call[name] is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
        {
            return number;
        }

        _refusals.Add(new("open311.query.number", $"{name}应是1到{most}之间的整数。", $"{name} is a whole number from 1 to {most}."));
        return null;
    }
}
