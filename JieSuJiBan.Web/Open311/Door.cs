using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Threading.RateLimiting;
using JieSuJiBan.Domain;
using JieSuJiBan.Domain.Organisation;
using JieSuJiBan.Web.Hosting;
using JieSuJiBan.Web.Organisation;
using Microsoft.Extensions.Options;

namespace JieSuJiBan.Web.Open311;

public sealed class Open311Options
{
    public const string Section = "Open311";

    /// <summary>The national code of the district that is meant where a request names none and bears no key. Empty: it must name one.</summary>
    public string Jurisdiction { get; set; } = "";

    /// <summary>How many requests a minute one key may make.</summary>
    [Range(1, 100_000)]
    public int PerMinute { get; set; } = 120;

    /// <summary>Whom to ask about the interface.</summary>
    public string Contact { get; set; } = "本区城市运行和接诉即办指挥中心";

    /// <summary>How one comes by a key.</summary>
    public string KeyService { get; set; } = "密钥由本区接诉即办协同门户的管理员发放";
}

/// <summary>What a request needs to be heard.</summary>
internal enum Needs
{
    Nothing,
    District,
    Key,
}

internal sealed record Act(Needs Needs, Func<Call, Task<Answer>> Do);

/// <summary>What every request of another system passes before it is heard: its ending, its method, how often, whose key, which district.</summary>
internal sealed class Door : IDisposable
{
    /// <summary>Those without a key, and those who guess one, are counted by their address.</summary>
    public const int PerMinuteAndAddress = 1200;

    private static readonly Refusal s_unknown = new("open311.unknown", "没有这个地址。结尾应是.xml或.json。", "There is no such address. It ends in .xml or .json.");
    private static readonly Refusal s_method = new("open311.method", "此地址不接受这种请求方法。", "This address does not take that method.");
    private static readonly Refusal s_often = new("open311.often", "请求太频繁，请稍后再试。", "Too many requests. Try again later.");
    private static readonly Refusal s_form = new("open311.form", "请求内容无法读取，请以application/x-www-form-urlencoded发送，不超过256KB。", "The body cannot be read. Send application/x-www-form-urlencoded, at most 256 KB.");
    private static readonly Refusal s_noKey = new("open311.key.missing", "缺少api_key。", "The api_key is missing.");
    private static readonly Refusal s_wrongKey = new("open311.key.wrong", "api_key无效或已停用。", "The api_key is not valid, or has been revoked.");
    private static readonly Refusal s_noDistrict = new("open311.jurisdiction.missing", "缺少jurisdiction_id，请填写区的行政区划代码，如110117。", "The jurisdiction_id is missing: the national code of a district, such as 110117.");
    private static readonly Refusal s_wrongDistrict = new("open311.jurisdiction.unknown", "没有这个jurisdiction_id，或者不是此密钥的区。", "There is no such jurisdiction_id, or it is not this key's district.");
    private static readonly Refusal s_fault = new("open311.fault", "服务出错，请联系管理员。", "The service failed. Please tell its administrator.");

    private readonly KeyDesk _keys;
    private readonly UnitBook _units;
    private readonly Open311Options _options;
    private readonly ILogger<Door> _logger;
    private readonly PartitionedRateLimiter<(string Who, int Limit)> _limiter = PartitionedRateLimiter.Create<(string Who, int Limit), string>(caller =>
        RateLimitPartition.GetFixedWindowLimiter(caller.Who, _ => new FixedWindowRateLimiterOptions { PermitLimit = caller.Limit, Window = TimeSpan.FromMinutes(1) }));

    public Door(KeyDesk keys, UnitBook units, IOptions<Open311Options> options, ILogger<Door> logger) =>
        (_keys, _units, _options, _logger) = (keys, units, options.Value, logger);

    public async Task ServeAsync(HttpContext http, IReadOnlyDictionary<string, Act> acts)
    {
        var call = new Call(http);
        Answer answer;
        try
        {
            answer = await HearAsync(call, acts);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _logger.Failed(exception);
            answer = call.No(StatusCodes.Status500InternalServerError, s_fault);
        }

        http.Response.Headers.CacheControl = "no-store";
        await answer.SendAsync(http, call.Format);
    }

    public void Dispose() => _limiter.Dispose();

    private async Task<Answer> HearAsync(Call call, IReadOnlyDictionary<string, Act> acts)
    {
        if (!Admits(call, $"address:{Household.Of(call.Http)}", PerMinuteAndAddress))
        {
            return call.No(StatusCodes.Status429TooManyRequests, s_often);
        }

        if (call.Ending is null || acts.Count == 0)
        {
            return call.No(StatusCodes.Status404NotFound, s_unknown);
        }

        if (!acts.TryGetValue(HttpMethods.IsHead(call.Http.Request.Method) ? HttpMethods.Get : call.Http.Request.Method, out var act))
        {
            call.Http.Response.Headers.Allow = string.Join(", ", acts.Keys);
            return call.No(StatusCodes.Status405MethodNotAllowed, s_method);
        }

        return await ReadFormAsync(call) ?? await CheckKeyAsync(call, act.Needs) ?? CheckDistrict(call, act.Needs) ?? await act.Do(call);
    }

    private static async Task<Answer?> ReadFormAsync(Call call)
    {
        var request = call.Http.Request;
        if (!HttpMethods.IsPost(request.Method))
        {
            return null;
        }

        try
        {
            call.Form = request.HasFormContentType ? await request.ReadFormAsync(call.Gone) : throw new InvalidDataException();
            return null;
        }
        catch (Exception exception) when (exception is InvalidDataException or BadHttpRequestException)
        {
            return call.No(StatusCodes.Status400BadRequest, s_form);
        }
    }

    private async Task<Answer?> CheckKeyAsync(Call call, Needs needs)
    {
        var presented = call.Http.Request.Headers["X-Api-Key"].ToString() is { Length: > 0 } header ? header : call["api_key"];
        if (presented is null)
        {
            return needs == Needs.Key ? call.No(StatusCodes.Status403Forbidden, s_noKey) : null;
        }

        call.Key = await _keys.FindAsync(presented, call.Gone);
        return call.Key is not { } key ? call.No(StatusCodes.Status403Forbidden, s_wrongKey)
            : !Admits(call, $"key:{key.Id}", _options.PerMinute) ? call.No(StatusCodes.Status429TooManyRequests, s_often)
            : null;
    }

    private Answer? CheckDistrict(Call call, Needs needs)
    {
        if (call["jurisdiction_id"] is { } code)
        {
            var district = BeijingDivisions.City.Child(code);
            if (district.Kind != UnitKind.District || _units.Find(district) is null || (call.Key is { } key && key.District != district))
            {
                return call.No(StatusCodes.Status404NotFound, s_wrongDistrict);
            }

            call.District = district;
            return null;
        }

        call.District = call.Key?.District ?? BeijingDivisions.City.Child(_options.Jurisdiction);
        return needs == Needs.Nothing || _units.Find(call.District) is { Kind: UnitKind.District } ? null : call.No(StatusCodes.Status400BadRequest, s_noDistrict);
    }

    private bool Admits(Call call, string who, int limit)
    {
        using var lease = _limiter.AttemptAcquire((who, limit));
        if (!lease.IsAcquired && lease.TryGetMetadata(MetadataName.RetryAfter, out var after))
        {
            call.Http.Response.Headers.RetryAfter = Math.Ceiling(after.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return lease.IsAcquired;
    }
}

internal static partial class DoorLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "An Open311 request failed.")]
    public static partial void Failed(this ILogger logger, Exception exception);
}
