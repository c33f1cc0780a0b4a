using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class WhistlesRunByAClock : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_WhistleUnits_NextLapseAt",
                table: "WhistleUnits");

            migrationBuilder.DropColumn(
                name: "NextLapseAt",
                table: "WhistleUnits");

            migrationBuilder.AddColumn<long>(
                name: "ReviewLapsedAt",
                table: "WhistleUnits",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Late",
                table: "WhistleUnits",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ReviewBy",
                table: "WhistleUnits",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ClockAt",
                table: "Whistles",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Plan",
                table: "Whistles",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "Terms",
                table: "TimePlans",
                type: "TEXT",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "TEXT");

            migrationBuilder.AddColumn<string>(
                name: "Whistles",
                table: "TimePlans",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Late",
                table: "Resolutions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SentBackAt",
                table: "Resolutions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Evidence",
                table: "LeaderRequests",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Late",
                table: "LeaderRequests",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ReviewBy",
                table: "DispatchObjections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ReviewLapsedAt",
                table: "DispatchObjections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Whistles_ClockAt",
                table: "Whistles",
                column: "ClockAt",
                filter: "\"ClockAt\" IS NOT NULL");

            // Whistles that run have no plan of their own; the clock rings for the next unit or measure that can lapse.
            migrationBuilder.Sql("""
                UPDATE "Resolutions" SET "SentBackAt" = (SELECT MAX("Log"."At") FROM "Log"
                    WHERE "Log"."Stream" = "Resolutions"."WhistleId" AND "Log"."Type" = 'whistle.sent-back' AND json_extract("Log"."Body", '$.no') = "Resolutions"."No");
                UPDATE "Whistles" SET "ClockAt" = (SELECT MIN("At") FROM (
                    SELECT CASE WHEN "State" = 'Awaiting' AND "ResponseLapsedAt" IS NULL THEN "RespondBy" WHEN "ArrivalLapsedAt" IS NULL THEN "ArriveBy" END AS "At"
                        FROM "WhistleUnits" WHERE "WhistleId" = "Whistles"."Id" AND "State" IN ('Awaiting', 'Responded', 'Objected')
                    UNION ALL
                    SELECT MAX("DueAt", COALESCE("SentBackAt", 0)) FROM "Resolutions" WHERE "WhistleId" = "Whistles"."Id" AND "State" IN ('Proposed', 'Agreed')))
                    WHERE "Stage" IN ('Sounded', 'Conferring', 'Executing');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Whistles_ClockAt",
                table: "Whistles");

            migrationBuilder.DropColumn(
                name: "Late",
                table: "WhistleUnits");

            migrationBuilder.DropColumn(
                name: "ReviewBy",
                table: "WhistleUnits");

            migrationBuilder.DropColumn(
                name: "ReviewLapsedAt",
                table: "WhistleUnits");

            migrationBuilder.DropColumn(
                name: "ClockAt",
                table: "Whistles");

            migrationBuilder.DropColumn(
                name: "Plan",
                table: "Whistles");

            migrationBuilder.DropColumn(
                name: "Whistles",
                table: "TimePlans");

            migrationBuilder.DropColumn(
                name: "Late",
                table: "Resolutions");

            migrationBuilder.DropColumn(
                name: "SentBackAt",
                table: "Resolutions");

            migrationBuilder.DropColumn(
                name: "Evidence",
                table: "LeaderRequests");

            migrationBuilder.DropColumn(
                name: "Late",
                table: "LeaderRequests");

            migrationBuilder.DropColumn(
                name: "ReviewBy",
                table: "DispatchObjections");

            migrationBuilder.DropColumn(
                name: "ReviewLapsedAt",
                table: "DispatchObjections");

            migrationBuilder.AddColumn<long>(
                name: "NextLapseAt",
                table: "WhistleUnits",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "Terms",
                table: "TimePlans",
                type: "TEXT",
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "TEXT",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_WhistleUnits_NextLapseAt",
                table: "WhistleUnits",
                column: "NextLapseAt");
        }
    }
}
